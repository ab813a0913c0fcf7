using System.Collections.Immutable;
using FlowGen.Runs;

namespace FlowGen.Executing.Logs;

/// <summary>
/// Puts lines of many attempts together into packs that the log names (M13, H6): every second those of running attempts, and those of an attempt that ends before its outcome,
/// so that no outcome is durable before its lines.
/// </summary>
internal sealed class LogWriter(Journal journal)
{
    private readonly Lock _lock = new();

    /// <summary>Writes the remaining lines of an attempt whose outcome is about to be recorded; no more are taken.</summary>
    public void Close(TaskAttempt attempt)
    {
        if (attempt.OutputIfUsed is null) return;
        // Under the lock: lines that the timer has taken are in the log before this returns.
        lock (_lock) Write([attempt], close: true);
    }

    /// <summary>Writes what running attempts have written so far.</summary>
    public void Flush(IEnumerable<TaskAttempt> attempts)
    {
        lock (_lock) Write(attempts, close: false);
    }

    private void Write(IEnumerable<TaskAttempt> attempts, bool close)
    {
        var pack = new MemoryStream();
        var segments = ImmutableArray.CreateBuilder<LogSegment>();
        foreach (var attempt in attempts)
        {
            if (attempt.OutputIfUsed is not { } output || output.Take(close) is not { Length: > 0 } lines) continue;
            if (pack.Length > 0 && pack.Length + lines.Length > StoredValue.PackLimit) Put(pack, segments);
            segments.Add(new LogSegment(attempt.Task, attempt.Id, (int)pack.Length, lines.Length));
            pack.Write(lines.Span);
        }

        if (pack.Length > 0) Put(pack, segments);
    }

    private void Put(MemoryStream pack, ImmutableArray<LogSegment>.Builder segments)
    {
        journal.Append(new LogsWritten(StoredValue.Of(pack.ToArray()), segments.DrainToImmutable()));
        pack.SetLength(0);
    }
}
