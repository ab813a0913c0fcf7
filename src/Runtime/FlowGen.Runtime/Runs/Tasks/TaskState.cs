using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>One task as the log tells it.</summary>
internal sealed record TaskState
{
    public required TaskAddress Address { get; init; }
    public required FlowTaskStatus Status { get; init; }
    public int Attempts { get; init; }
    public ulong AttemptId { get; init; }
    public DateTimeOffset? Started { get; init; }
    public TimeSpan? Duration { get; init; }

    /// <summary>When its last attempt ended, as far as that can be told.</summary>
    public DateTimeOffset? Finished => Started is { } started && Duration is { } took && took >= TimeSpan.Zero && took < DateTimeOffset.MaxValue - started ? started + took : null;
    public TaskError? Error { get; init; }

    /// <summary>The task whose failure blocks it.</summary>
    public TaskAddress? BlockedBy { get; init; }

    /// <summary>Why it was skipped.</summary>
    public SkipReason? Skipped { get; init; }
    public string? Origin { get; init; }
    public TaskMarks Marks { get; init; }
    public ImmutableArray<StoredValue> Outputs { get; init; } = [];

    /// <summary>What it was computed from, if that is known.</summary>
    public Hash256? Key { get; init; }

    public bool HasSucceeded => Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused;

    public bool GoesOn => HasSucceeded && (Marks & TaskMarks.GoesOn) != 0;
}
