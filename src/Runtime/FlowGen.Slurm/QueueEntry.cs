using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>
/// A line of <c>squeue</c>. Columns of a fixed width are the one form that all versions of Slurm print alike and that can be asked for a user's own jobs only: <c>--json</c> prints all jobs of the cluster
/// (22.05 ignores every filter), thousands of bytes each, in a layout of each version's own.
/// </summary>
/// <param name="Id">Slurm's number, with the index in an array: <c>17_3</c>.</param>
/// <param name="Name">The job's name; <c>%a</c> stands for the index.</param>
/// <param name="Run">The run, kept in the comment.</param>
/// <param name="State">Slurm's word.</param>
/// <param name="ExitCode">As of <c>wait</c>.</param>
/// <param name="Place">The machine; empty while there is none.</param>
/// <param name="Reason">Slurm's word for why it waits or how it ended.</param>
internal sealed record QueueEntry(string Id, string Name, string Run, string State, int ExitCode, string Place, string Reason)
{
    private static readonly (string Field, int Width)[] Columns = [("jobarrayid", 40), ("name", 80), ("comment", 160), ("state", 30), ("exit_code", 20), ("batchhost", 120), ("reason", 200)];

    public static readonly string[] Command = ["--noheader", "--me", "--states=all", "--array", "--Format=" + string.Join(',', Columns.Select(static column => $"{column.Field}:{column.Width}"))];

    public string JobName => JobBatch.NameOf(Name, Id[(Id.IndexOf('_', StringComparison.Ordinal) + 1)..]);

    public static IEnumerable<QueueEntry> Parse(string output)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (fields, at) = (new string[Columns.Length], 0);
            for (var i = 0; i < Columns.Length; at += Columns[i].Width, i++) fields[i] = at >= line.Length ? "" : line.AsSpan(at, Math.Min(Columns[i].Width, line.Length - at)).Trim().ToString();
            if (fields[0].Length == 0) throw new EngineUnavailableException($"squeue printed a line that makes no sense: {line}");
            yield return new QueueEntry(fields[0], fields[1], fields[2], fields[3], ExitStatus(fields[4]), fields[5] is "n/a" or "(null)" ? "" : fields[5], fields[6]);
        }
    }

    /// <summary>A status as of <c>wait</c>: Slurm prints it as it is, or as <c>exit code:signal</c>.</summary>
    public static int ExitStatus(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return int.TryParse(text, out var status) ? status : 0;
        return int.TryParse(text.AsSpan(0, colon), out var code) && int.TryParse(text.AsSpan(colon + 1), out var signal) ? code << 8 | signal : 0;
    }
}
