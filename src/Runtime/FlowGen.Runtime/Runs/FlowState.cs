using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What the log says of the tasks of one flow: the run's own, or one that is a task of it. Tasks are described when somebody looks.</summary>
internal class FlowState
{
    public GraphDescription Graph { get; set; } = null!;

    /// <summary>The task that the flow is; <c>null</c> of the run's own.</summary>
    public OuterTask? Outer { get; set; }

    /// <summary>Of a sub-flow, the hash of its parameters.</summary>
    public Hash256? Parameters { get; set; }

    /// <summary>The known collections.</summary>
    public Extents Extents { get; set; } = null!;

    /// <summary>The tasks of each step.</summary>
    public ImmutableArray<StepTasks> Steps { get; set; } = [];

    /// <summary>Log lines of its own tasks.</summary>
    public ImmutableArray<LogsWritten> Logs { get; set; } = [];

    /// <summary>Contents of the input files given as parameters.</summary>
    public ImmutableArray<InputFileStored> InputFiles { get; set; } = [];

    /// <summary>Its own tasks that something was done for and that are not decided.</summary>
    public IReadOnlyDictionary<TaskAddress, OpenTask> Open { get; set; } = new Dictionary<TaskAddress, OpenTask>();

    /// <summary>What was sent to an engine, by name.</summary>
    public IReadOnlyDictionary<string, SliceState> Slices { get; set; } = new Dictionary<string, SliceState>();

    /// <summary>The flows that tasks of this one are, as far as they were opened.</summary>
    public ImmutableDictionary<TaskAddress, FlowState> SubFlows { get; set; } = ImmutableDictionary<TaskAddress, FlowState>.Empty;

    /// <summary>All tasks whose existence is known, ordered by step, index and iteration; those of a sub-flow after the task that it is.</summary>
    public IEnumerable<TaskState> Tasks => Enumerable.Range(0, Steps.Length).SelectMany(AllOf);

    /// <summary>The known tasks of a step, each followed by those of the sub-flow that it is.</summary>
    public IEnumerable<TaskState> AllOf(int step) => WithInner(TasksOf(step));

    /// <summary>Tasks of this flow, each followed by those of the sub-flow that it is.</summary>
    public IEnumerable<TaskState> WithInner(IEnumerable<TaskState> tasks)
    {
        foreach (var task in tasks)
        {
            yield return task;
            if (!SubFlows.TryGetValue(task.Address with { Outer = null }, out var inner)) continue;
            foreach (var nested in inner.Tasks) yield return nested;
        }
    }

    /// <summary>This flow and those inside of it.</summary>
    public IEnumerable<FlowState> Flows => SubFlows.OrderBy(inner => inner.Key).SelectMany(inner => inner.Value.Flows).Prepend(this);

    /// <summary>The flow of a task, or <c>null</c> if it was never opened.</summary>
    public FlowState? FlowOf(TaskAddress task)
    {
        FlowState? flow = this;
        foreach (var outer in OuterTask.Path(task.Outer)) flow = flow?.SubFlows.GetValueOrDefault(outer with { Outer = null });
        return flow;
    }

    /// <summary>What people call the items that a task is for, or <c>null</c> if they have no labels.</summary>
    public string? LabelOf(TaskAddress task) => FlowOf(task) is { } flow ? TaskLabels.Of(flow.Graph, flow.Extents, task) : null;

    /// <summary>A task, or <c>null</c> if it is not known to exist. Of a loop, without an iteration: the last one.</summary>
    public TaskState? Find(TaskAddress task)
    {
        if (FlowOf(task) is not { } flow || task.Step >= flow.Steps.Length) return null;
        var found = flow.Steps[task.Step].At(task.Index);
        return task.Iteration < 0 ? found.LastOrDefault() : found.FirstOrDefault(state => state.Address.Iteration == task.Iteration);
    }

    /// <summary>Whether it is known which tasks a step has.</summary>
    public bool IsExpanded(int step) => Steps[step].IsExpanded;

    /// <summary>Number of known tasks of a step, not counting iterations.</summary>
    public int CountOf(int step) => (int)Math.Min(Steps[step].Count, int.MaxValue);

    /// <summary>The known tasks of a step, by index and iteration.</summary>
    public IEnumerable<TaskState> TasksOf(int step) => Steps[step].All();
}
