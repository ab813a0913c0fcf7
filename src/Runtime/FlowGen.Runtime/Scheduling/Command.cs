using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>What the scheduler wants done.</summary>
internal enum CommandKind : byte
{
    /// <summary>Record that the attempt failed and wake the task when its backoff is over.</summary>
    ArmRetry,

    /// <summary>Record that the task failed for good.</summary>
    RecordFailure,

    /// <summary>
    /// Record that tasks can never start because of <see cref="Command.Cause"/>. Where a collection failed or was blocked, its dimension never comes to exist: then the index ends before it, and stands
    /// for all tasks that would have begun so.
    /// </summary>
    RecordBlocked,

    /// <summary>Record that tasks need not run because of <see cref="Command.Decided"/>.</summary>
    RecordSkipped,

    /// <summary>Nobody needs the outputs of these tasks any more.</summary>
    Release,

    /// <summary>Nothing is running and nothing will start any more.</summary>
    FinishRun,
}

/// <summary>One wish of the scheduler, to be carried out in the order given. <paramref name="Count"/> tasks from <paramref name="Task"/> on differ from it in the last number only.</summary>
internal readonly record struct Command(CommandKind Kind, TaskAddress Task, int Count = 1)
{
    /// <summary>Number of the attempt that failed, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The task whose failure is the root of it.</summary>
    public TaskAddress Cause { get; init; }

    /// <summary>The decision that is the reason; its value is -1 if the task that makes it was skipped itself.</summary>
    public DecidedValue Decided { get; init; }

    /// <summary>How the run ended.</summary>
    public RunStatus Status { get; init; }
}
