namespace FlowGen;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearMiss
{
    /// <summary>The candidate closest to a text, or <c>null</c> if none is close. Distance is counted in edits (optimal string alignment, ignoring case) and may be a third of the longer word.</summary>
    public static string? Of(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > 60) return null;
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var isStart = text.Length >= 3 && candidate.StartsWith(text, StringComparison.OrdinalIgnoreCase);
            var distance = isStart ? 1 : Distance(text.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance && (isStart || distance <= Math.Max(1, Math.Max(text.Length, candidate.Length) / 3)))
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var (twoBack, back, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) back[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(back[j] + 1, row[j - 1] + 1), back[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], twoBack[j - 2] + 1);
            }

            (twoBack, back, row) = (back, row, twoBack);
        }

        return back[b.Length];
    }
}
