using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What <c>status</c> shows of a run: counts instead of tasks, and the few tasks that are named. As small for a million tasks as for ten.</summary>
/// <param name="Summary">The run.</param>
/// <param name="Widths">Widths of the dimensions, by position; <c>null</c> while unknown.</param>
/// <param name="Totals">For each step, how many of its tasks are in each state, by the number of the state.</param>
/// <param name="Shown">The tasks of steps that run once and the first that failed, without outputs and stacks.</param>
internal sealed record RunOverview(RunSummary Summary, ImmutableArray<int?> Widths, ImmutableArray<ImmutableArray<int>> Totals, ImmutableArray<TaskState> Shown)
{
    public const int States = (int)FlowTaskStatus.Cancelled + 1;

    private const int ShownFailures = 10, ShownText = 1000;

    public static RunOverview Of(RunState state)
    {
        var totals = new int[state.Manifest.Graph.Steps.Length][];
        for (var step = 0; step < totals.Length; step++) totals[step] = new int[States];
        var shown = ImmutableArray.CreateBuilder<TaskState>();
        var failures = 0;
        foreach (var task in state.Tasks)
        {
            totals[task.Address.Step][(int)task.Status]++;
            var error = task is { Status: FlowTaskStatus.Failed, Error: { } e } && failures < ShownFailures ? Cut(e) : null;
            if (error is not null || task.Address.Index.IsEmpty)
                shown.Add(new TaskState { Address = task.Address, Status = task.Status, Attempts = task.Attempts, Duration = task.Duration, Error = error, BlockedBy = task.BlockedBy });
            if (error is not null) failures++;
        }
        return new RunOverview(new RunSummary(state.Manifest, state.Status, state.Finished, state.Duration, state.Reason),
            state.Widths, [.. totals.Select(t => t.ToImmutableArray())], shown.ToImmutable());
    }

    /// <summary>Whether it is known which tasks a step has.</summary>
    public bool IsExpanded(int step) => Summary.Manifest.Graph.Steps[step].Scope.All(dimension => Widths[dimension] is not null);

    private static TaskError Cut(TaskError error) => new(error.Kind, Cut(error.Type), Cut(error.Message), null);

    private static string Cut(string text) => text.Length > ShownText ? text[..ShownText] + " ..." : text;
}
