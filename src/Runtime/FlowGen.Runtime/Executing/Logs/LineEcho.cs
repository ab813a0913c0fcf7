using System.Collections.Concurrent;
using FlowGen.Runs;

namespace FlowGen.Executing.Logs;

/// <summary>
/// Tells the observer the lines that steps write, in order, from a thread of its own: the thread that writes holds the console's lock, and an observer that prints needs it, so telling
/// from there could wait for ever.
/// </summary>
internal sealed class LineEcho(SerialObserver observer)
{
    private readonly ConcurrentQueue<(TaskAddress Task, string Line)> _lines = new();
    private readonly Lock _telling = new();
    private int _scheduled;

    public void Add(TaskAddress task, string line)
    {
        _lines.Enqueue((task, line));
        if (Interlocked.Exchange(ref _scheduled, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(static echo => echo.Drain(), this, preferLocal: false);
    }

    /// <summary>Tells everything added so far.</summary>
    public void Drain()
    {
        lock (_telling)
        {
            Volatile.Write(ref _scheduled, 0);
            while (_lines.TryDequeue(out var next)) observer.Line(next.Task, next.Line);
        }
    }
}
