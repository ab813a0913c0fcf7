namespace FlowGen.Generator.Parsing;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Spelling
{
    /// <summary>The candidates at most two edits away (one for names of up to four letters), closest first.</summary>
    public static IEnumerable<string> Close(string name, IEnumerable<string> candidates)
    {
        var limit = name.Length <= 4 ? 1 : 2;
        return candidates
            .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(found => found.Distance <= limit)
            .OrderBy(found => found.Distance).ThenBy(found => found.Name, StringComparer.Ordinal)
            .Select(found => found.Name);
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var edit = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                var swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                rows[i, j] = swap ? Math.Min(edit, rows[i - 2, j - 2] + 1) : edit;
            }
        }
        return rows[a.Length, b.Length];
    }
}
