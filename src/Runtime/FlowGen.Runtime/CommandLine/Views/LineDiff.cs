namespace FlowGen.CommandLine;

/// <summary>
/// Finds what to remove and to add to make one list of lines of another, with as few of both as possible (E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Where more than
/// a thousand would be needed, what lies between the common beginning and end is replaced whole.
/// </summary>
internal static class LineDiff
{
    private const int MaxEdits = 1000;

    /// <summary>The lines of both in order: kept (' '), removed ('-') or added ('+').</summary>
    public static List<(char Kind, string Line)> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start]) start++;
        var end = 0;
        while (end < before.Count - start && end < after.Count - start && before[before.Count - 1 - end] == after[after.Count - 1 - end]) end++;

        var result = new List<(char, string)>(Math.Max(before.Count, after.Count));
        for (var i = 0; i < start; i++) result.Add((' ', before[i]));
        result.AddRange(Middle([.. before.Skip(start).Take(before.Count - start - end)], [.. after.Skip(start).Take(after.Count - start - end)]));
        for (var i = before.Count - end; i < before.Count; i++) result.Add((' ', before[i]));
        return result;
    }

    // furthest[k] is how far along the diagonal k (before less after) a path with so many edits comes.
    private static List<(char, string)> Middle(string[] a, string[] b)
    {
        var most = Math.Min(a.Length + b.Length, MaxEdits);
        var furthest = new int[(2 * most) + 2];
        var trace = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            trace.Add(furthest[(most - edits)..(most + edits + 1)]);
            for (var k = -edits; k <= edits; k += 2)
            {
                var isDown = k == -edits || (k != edits && furthest[most + k - 1] < furthest[most + k + 1]);
                var x = isDown ? furthest[most + k + 1] : furthest[most + k - 1] + 1;
                var y = x - k;
                while (x < a.Length && y < b.Length && a[x] == b[y]) (x, y) = (x + 1, y + 1);
                furthest[most + k] = x;
                if (x >= a.Length && y >= b.Length) return Back(a, b, trace, edits);
            }
        }

        return [.. a.Select(static line => ('-', line)), .. b.Select(static line => ('+', line))];
    }

    private static List<(char, string)> Back(string[] a, string[] b, List<int[]> trace, int edits)
    {
        var result = new List<(char, string)>();
        var (x, y) = (a.Length, b.Length);
        for (var d = edits; d > 0; d--)
        {
            // What was known before this edit: from -d to d, as it was recorded when it began.
            var before = trace[d];
            int At(int k) => before[k + d];
            var diagonal = x - y;
            var isDown = diagonal == -d || (diagonal != d && At(diagonal - 1) < At(diagonal + 1));
            var from = isDown ? At(diagonal + 1) : At(diagonal - 1);
            var (fromX, fromY) = (from, from - (isDown ? diagonal + 1 : diagonal - 1));
            var (middleX, middleY) = isDown ? (fromX, fromY + 1) : (fromX + 1, fromY);
            for (; x > middleX && y > middleY; x--, y--) result.Add((' ', a[x - 1]));
            result.Add(isDown ? ('+', b[fromY]) : ('-', a[fromX]));
            (x, y) = (fromX, fromY);
        }

        for (; x > 0; x--) result.Add((' ', a[x - 1]));
        result.Reverse();
        return result;
    }
}
