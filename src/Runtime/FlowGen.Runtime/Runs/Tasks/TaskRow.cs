using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What the log says of one task.</summary>
internal struct TaskRow
{
    private byte _status;

    public TaskMarks Marks;
    public int Attempts;
    public ulong AttemptId;
    public long Started;
    public long Duration;

    /// <summary>An error, the origin of a reused result, the cause of a blocked task (<see cref="TaskAddress"/>), or the <see cref="SkipReason"/> of a skipped one.</summary>
    public object? Detail;
    public ImmutableArray<StoredValue> Outputs;

    /// <summary>What it was computed from; all zero if that is not known.</summary>
    public Hash256 Key;

    public FlowTaskStatus Status
    {
        readonly get => (FlowTaskStatus)_status;
        set => _status = (byte)value;
    }

    public readonly bool IsKnown => _status != 0 || Attempts != 0 || AttemptId != 0 || Detail is not null;

    /// <summary>Whether its outcome stands.</summary>
    public readonly bool IsDecided => Status is not (FlowTaskStatus.Pending or FlowTaskStatus.Running);

    public void Set(FlowTaskStatus status, int attempt, ulong id, DateTimeOffset started, TimeSpan duration, object? detail) =>
        (Status, Attempts, AttemptId, Started, Duration, Detail) = (status, attempt, id, started.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, duration.Ticks, detail);
}
