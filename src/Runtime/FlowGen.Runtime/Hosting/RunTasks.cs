using FlowGen.CommandLine;
using FlowGen.Runs;

namespace FlowGen;

/// <summary>Describes the tasks of a run to people's code.</summary>
internal static class RunTasks
{
    /// <summary>The tasks, made one by one while they are enumerated.</summary>
    public static IEnumerable<RunTask> Of(RunState state) => state.Tasks.Select(task => new RunTask
    {
        Name = state.NameOf(task.Address),
        Step = state.Manifest.Graph.StepOf(task.Address).Name,
        Index = task.Address.Index.ToArray(),
        Iteration = task.Address.Iteration < 0 ? null : task.Address.Iteration,
        Label = state.LabelOf(task.Address),
        Status = task.Status,
        Attempts = task.Attempts,
        Started = task.Started,
        Duration = task.Duration,
        Reason = task.HasSucceeded || task.Status is FlowTaskStatus.Pending or FlowTaskStatus.Running ? null : WhyMissing(state, task),
    });

    /// <summary>Why a task has no outputs, as the end of a sentence.</summary>
    public static string WhyMissing(RunState state, TaskState task)
    {
        var name = state.NameOf(task.Address);
        return task.Status switch
        {
            FlowTaskStatus.Failed => $"task {name} failed: {Describe(task)}",
            FlowTaskStatus.Blocked when task.BlockedBy is { } cause => $"task {name} did not run, because {state.NameOf(cause)} failed: {Describe(state.Find(cause))}",
            FlowTaskStatus.Skipped when task.Skipped is { } reason => $"task {name} was skipped because {state.Manifest.Graph.Describe(task.Address, reason)}.",
            _ => $"task {name} has not finished; the run is {StatusNames.Of(state.Status)}.",
        };
    }

    private static string Describe(TaskState? task) => task?.Error is { } error ? RunView.Describe(error) : "no error was recorded.";
}
