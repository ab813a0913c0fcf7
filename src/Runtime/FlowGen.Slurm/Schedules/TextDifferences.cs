using System.Collections.Immutable;

namespace FlowGen.Slurm.Schedules;

/// <summary>The lines that are in one text only, for people who deploy again.</summary>
internal static class TextDifferences
{
    private const int Shown = 160;

    public static ImmutableArray<string> Between(string old, string other)
    {
        var (before, after) = (old.Split('\n'), other.Split('\n'));
        return [.. before.Except(after, StringComparer.Ordinal).Select(static line => "- " + Cut(line)), .. after.Except(before, StringComparer.Ordinal).Select(static line => "+ " + Cut(line))];
    }

    private static string Cut(string line) => line.Length <= Shown ? line : line[..Shown] + "…";
}
