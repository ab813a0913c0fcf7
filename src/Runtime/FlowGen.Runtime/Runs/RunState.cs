using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What the log of a run says, folded: the one view that every reading command and <c>resume</c> use. Tasks are described when somebody looks.</summary>
internal sealed class RunState
{
    public required RunManifest Manifest { get; init; }

    /// <summary>Recorded status; <see cref="RunStatus.Interrupted"/> when the run is open and its heartbeat is old.</summary>
    public required RunStatus Status { get; init; }
    public DateTimeOffset? Finished { get; init; }
    public TimeSpan? Duration { get; init; }
    public string? Reason { get; init; }

    /// <summary>The known collections.</summary>
    public required Extents Extents { get; init; }

    /// <summary>The tasks of each step.</summary>
    public required ImmutableArray<StepTasks> Steps { get; init; }

    public required ImmutableArray<LogsWritten> Logs { get; init; }

    /// <summary>Contents of the input files given as parameters.</summary>
    public required ImmutableArray<InputFileStored> InputFiles { get; init; }

    /// <summary>All tasks whose existence is known, ordered by step, index and iteration.</summary>
    public IEnumerable<TaskState> Tasks => Steps.SelectMany(step => step.All());

    public string NameOf(TaskAddress task) => Manifest.Graph.NameOf(task);

    /// <summary>What people call the items that a task is for, or <c>null</c> if they have no labels.</summary>
    public string? LabelOf(TaskAddress task) => TaskLabels.Of(Manifest.Graph, Extents, task);

    /// <summary>A task, or <c>null</c> if it is not known to exist. Of a loop, without an iteration: the last one.</summary>
    public TaskState? Find(TaskAddress task)
    {
        if (task.Step >= Steps.Length) return null;
        var found = Steps[task.Step].At(task.Index);
        return task.Iteration < 0 ? found.LastOrDefault() : found.FirstOrDefault(state => state.Address == task);
    }

    /// <summary>Whether it is known which tasks a step has.</summary>
    public bool IsExpanded(int step) => Steps[step].IsExpanded;

    /// <summary>Number of known tasks of a step, not counting iterations.</summary>
    public int CountOf(int step) => (int)Math.Min(Steps[step].Count, int.MaxValue);

    /// <summary>The known tasks of a step, by index and iteration.</summary>
    public IEnumerable<TaskState> TasksOf(int step) => Steps[step].All();
}
