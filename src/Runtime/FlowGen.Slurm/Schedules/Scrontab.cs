using System.Collections.Immutable;

namespace FlowGen.Slurm.Schedules;

/// <summary>
/// The text of <c>scrontab</c>, with blocks of FlowGen's own in it: one for each group, between two lines that say so. All other lines are the user's, and stay as they are, byte for byte.
/// </summary>
/// <param name="text">What <c>scrontab -l</c> prints.</param>
internal sealed class Scrontab(string text)
{
    private const string Begin = "# BEGIN FlowGen ", End = "# END FlowGen ", Hint = ": made by 'deploy', which replaces it as a whole";

    /// <summary>All of it.</summary>
    public string Text => text;

    private readonly ImmutableArray<string> _lines = [.. Split(text)];

    /// <summary>The entries of a group; none if it has no block.</summary>
    /// <exception cref="FlowException">FG1346: a block has no end.</exception>
    public IReadOnlyList<ScrontabEntry> Entries(string group) => Find(group) is var (start, end) ? [.. ScrontabEntry.Parse(group, _lines[(start + 1)..end])] : [];

    /// <summary>The groups that have a block.</summary>
    public IEnumerable<string> Groups() => _lines.Where(static line => line.StartsWith(Begin, StringComparison.Ordinal)).Select(static line => line[Begin.Length..].TrimEnd('\n').Split(':')[0]);

    /// <summary>The text with other entries of a group; without any, the block goes.</summary>
    /// <exception cref="FlowException">FG1346: a block has no end.</exception>
    public string With(string group, IReadOnlyList<ScrontabEntry> entries)
    {
        var block = Block(group, entries);
        if (Find(group) is var (start, end)) return string.Concat([.. _lines[..start], block, .. _lines[(end + 1)..]]);
        // A last line without its end would take the first of the block with it.
        return text.Length > 0 && !text.EndsWith('\n') && block.Length > 0 ? $"{text}\n{block}" : text + block;
    }

    /// <summary>The block of a group.</summary>
    public static string Block(string group, IReadOnlyList<ScrontabEntry> entries) =>
        entries.Count == 0 ? "" : $"{Begin}{group}{Hint}\n{string.Concat(entries.Select(static entry => entry.Text))}{End}{group}\n";

    private (int Start, int End)? Find(string group)
    {
        var start = Index(0, line => line == Begin + group || line.StartsWith($"{Begin}{group}:", StringComparison.Ordinal));
        if (start < 0) return null;
        var end = Index(start + 1, line => line == End + group);
        return end >= 0 ? (start, end)
            : throw new FlowException(SlurmErrors.BadScrontab, $"In your scrontab the line '{Begin}{group}' has no line '{End}{group}' after it, so it is not clear what is yours. Put it in, or remove all of the block, with 'scrontab -e'.", 1);
    }

    private int Index(int from, Func<string, bool> isMeant)
    {
        for (var i = from; i < _lines.Length; i++)
            if (isMeant(_lines[i].TrimEnd('\n', '\r'))) return i;
        return -1;
    }

    /// <summary>Lines with their ends.</summary>
    private static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            yield return text[at..end];
            at = end;
        }
    }
}
