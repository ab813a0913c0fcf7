using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>Calls the observer one call at a time. What the observer itself prints is not taken for output of a step.</summary>
internal sealed class SerialObserver(IRunObserver observer)
{
    [ThreadStatic] private static bool s_calling;
    private readonly Lock _lock = new();

    /// <summary>Hides the values of the run's secrets, once it knows them.</summary>
    public SecretMask Mask { get; set; } = SecretMask.None;

    /// <summary>Hides more secrets: those that a sub-flow was given.</summary>
    public void Hide(IEnumerable<object?> values)
    {
        lock (_lock) Mask = Mask.With(values);
    }

    /// <summary>Whether the current thread is inside an observer.</summary>
    public static bool IsCalling => s_calling;

    public void RunStarted(RunManifest manifest, FlowDefinition flow, string store) => Call(() => observer.RunStarted(manifest, flow, store));
    public void Progress(TaskAddress task, double fraction, string? message) => Call(() => observer.Progress(task, fraction, message));
    public void Line(TaskAddress task, string line) => Call(() => observer.Line(task, line));
    public void Notice(string text) => Call(() => observer.Notice(Mask.Hide(text)));
    public void RunFinished(RunFinished end) => Call(() => observer.RunFinished(end));

    /// <remarks>Once a task, so without a closure.</remarks>
    public void AttemptStarted(TaskAddress task, int attempt)
    {
        lock (_lock)
        {
            var before = s_calling;
            s_calling = true;
            try { observer.AttemptStarted(task, attempt); }
            finally { s_calling = before; }
        }
    }

    /// <summary>A record is durable.</summary>
    public void Tell(RunRecord record)
    {
        lock (_lock)
        {
            var before = s_calling;
            s_calling = true;
            try
            {
                switch (record)
                {
                    case TaskSucceeded or TaskFailed: observer.TaskFinished(record); break;
                    case AttemptFailed failure: observer.AttemptFailed(failure); break;
                    case TasksBlocked blocked: observer.TasksBlocked(blocked); break;
                    case TasksSkipped skipped: observer.TasksSkipped(skipped); break;
                    case DimensionSized sized: observer.DimensionSized(sized); break;
                }
            }
            finally { s_calling = before; }
        }
    }

    private void Call(Action call)
    {
        lock (_lock)
        {
            var before = s_calling;
            s_calling = true;
            try { call(); }
            finally { s_calling = before; }
        }
    }
}
