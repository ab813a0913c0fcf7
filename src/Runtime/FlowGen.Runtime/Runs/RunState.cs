using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What the log of a run says, folded: the one view that every reading command and <c>resume</c> use.</summary>
internal sealed class RunState
{
    public required RunManifest Manifest { get; init; }

    /// <summary>Recorded status; <see cref="RunStatus.Interrupted"/> when the run is open and its heartbeat is old.</summary>
    public required RunStatus Status { get; init; }
    public DateTimeOffset? Finished { get; init; }
    public TimeSpan? Duration { get; init; }
    public string? Reason { get; init; }

    /// <summary>Widths of the dimensions, by position; null while unknown.</summary>
    public required ImmutableArray<int?> Widths { get; init; }

    /// <summary>All tasks whose existence is known, ordered by step, then index. Steps whose dimension is not known yet have none.</summary>
    public required IReadOnlyList<TaskState> Tasks { get; init; }

    public required ImmutableArray<LogsWritten> Logs { get; init; }

    public string NameOf(TaskAddress task) =>
        task.Index < 0 ? Manifest.Graph.Steps[task.Step].Name : $"{Manifest.Graph.Steps[task.Step].Name}[{task.Index}]";
}

/// <summary>One task as the log tells it.</summary>
internal sealed record TaskState
{
    public required TaskAddress Address { get; init; }
    public required FlowTaskStatus Status { get; init; }
    public int Attempts { get; init; }
    public ulong AttemptId { get; init; }
    public DateTimeOffset? Started { get; init; }
    public TimeSpan? Duration { get; init; }
    public TaskError? Error { get; init; }
    public TaskAddress? BlockedBy { get; init; }
    public string? Origin { get; init; }
    public ImmutableArray<StoredValue> Outputs { get; init; } = [];
}
