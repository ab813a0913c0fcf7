using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

/// <summary>Reads what the steps of a run wrote, flow by flow and pack by pack in the order in which it was stored, and then why tasks failed, with the stack.</summary>
internal static class LogReader
{
    private const int StampLength = 24;

    /// <param name="state">The run.</param>
    /// <param name="read">Reads a stored value.</param>
    /// <param name="tasks">Whose lines.</param>
    /// <param name="everyAttempt">Whether lines of attempts that were tried again count.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async IAsyncEnumerable<LogLine> ReadAsync(
        RunState state,
        Func<StoredValue, CancellationToken, ValueTask<ReadOnlySequence<byte>>> read,
        IReadOnlyCollection<TaskState> tasks,
        bool everyAttempt,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // The log does not know the attempt of a task that has no outcome yet: all it wrote is shown.
        var accepted = tasks.ToDictionary(task => task.Address, task => everyAttempt ? 0 : task.AttemptId);
        foreach (var flow in state.Flows)
        {
            foreach (var written in flow.Logs)
            {
                var wanted = written.Segments.Select(s => s with { Task = s.Task with { Outer = flow.Outer } }).Where(s => accepted.TryGetValue(s.Task, out var attempt) && (attempt == 0 || attempt == s.AttemptId)).ToList();
                foreach (var line in await LinesOfAsync(state.Manifest, read, written.Pack, wanted, cancel).ConfigureAwait(false)) yield return line;
            }
        }

        foreach (var task in tasks)
        {
            if (task is not { Status: FlowTaskStatus.Failed, Error: { } error }) continue;
            // The task inside has told it already.
            if (state.Manifest.Graph.StepOf(task.Address).SubFlow is not null && tasks.Any(inner => inner.Status == FlowTaskStatus.Failed && inner.Address.Outer?.Task == task.Address)) continue;
            foreach (var line in LinesOf(task.Address, task.AttemptId, task.Finished, error)) yield return line;
        }
    }

    /// <summary>Why an attempt failed, with the stack.</summary>
    public static IEnumerable<LogLine> LinesOf(TaskAddress task, ulong attempt, DateTimeOffset? time, TaskError error) =>
        (error.Stack ?? $"{error.Type}: {error.Message}").Split('\n').Select(line => new LogLine(task, attempt, time, line.TrimEnd('\r')));

    /// <summary>Lines of one pack.</summary>
    public static async ValueTask<IReadOnlyList<LogLine>> LinesOfAsync(
        RunManifest manifest, Func<StoredValue, CancellationToken, ValueTask<ReadOnlySequence<byte>>> read, StoredValue pack, IReadOnlyList<LogSegment> wanted, CancellationToken cancel)
    {
        if (wanted.Count == 0) return [];
        var content = await read(pack, cancel).ConfigureAwait(false);
        var lines = new List<LogLine>();
        foreach (var segment in wanted)
        {
            if (segment.Offset < 0 || segment.Length < 0 || segment.Offset > content.Length - segment.Length)
                throw new FlowException(StoreErrors.Damaged, $"Run {manifest.Run} names log lines of {manifest.Graph.NameOf(segment.Task)} that lie outside of their pack {pack.Hash}; the run's log is damaged.", ExitCodes.StoreUnusable);
            foreach (var line in Encoding.UTF8.GetString(content.Slice(segment.Offset, segment.Length)).TrimEnd('\n').Split('\n')) lines.Add(Parse(segment, line));
        }

        return lines;
    }

    // A line is 2026-01-31T12:34:56.789Z, a space, and the text.
    private static LogLine Parse(LogSegment segment, string line) =>
        line.Length > StampLength && DateTimeOffset.TryParse(line.AsSpan(0, StampLength), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new LogLine(segment.Task, segment.AttemptId, time, line[(StampLength + 1)..])
            : new LogLine(segment.Task, segment.AttemptId, null, line);
}
