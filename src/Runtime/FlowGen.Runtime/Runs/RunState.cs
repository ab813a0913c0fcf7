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

    /// <summary>Contents of the input files given as parameters.</summary>
    public required ImmutableArray<InputFileStored> InputFiles { get; init; }

    public string NameOf(TaskAddress task) => Manifest.Graph.NameOf(task);

    /// <summary>A task, or <c>null</c> if it is not known to exist.</summary>
    public TaskState? Find(TaskAddress task)
    {
        var position = LowerBound(task);
        return position < Tasks.Count && Tasks[position].Address == task ? Tasks[position] : null;
    }

    /// <summary>Whether it is known which tasks a step has.</summary>
    public bool IsExpanded(int step) => Manifest.Graph.Steps[step].Scope.All(dimension => Widths[dimension] is not null);

    /// <summary>Number of known tasks of a step.</summary>
    public int CountOf(int step) => LowerBound(new TaskAddress(step + 1)) - LowerBound(new TaskAddress(step));

    /// <summary>The known tasks of a step, by index.</summary>
    public IEnumerable<TaskState> TasksOf(int step)
    {
        for (var i = LowerBound(new TaskAddress(step)); i < Tasks.Count && Tasks[i].Address.Step == step; i++) yield return Tasks[i];
    }

    private int LowerBound(TaskAddress task)
    {
        var (low, high) = (0, Tasks.Count);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var at = Tasks[middle].Address;
            if (at.Step < task.Step || (at.Step == task.Step && at.Index.CompareTo(task.Index) < 0)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
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
