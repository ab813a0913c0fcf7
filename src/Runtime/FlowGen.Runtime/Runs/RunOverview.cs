using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What <c>status</c> shows of a run: counts instead of tasks, and the few tasks that are named. As small for a million tasks as for ten.</summary>
/// <param name="Summary">The run.</param>
/// <param name="Expanded">For each step, those of sub-flows after the step that they are in (<see cref="GraphDescription.AllSteps"/>), whether it is known which tasks it has.</param>
/// <param name="Totals">For each step likewise, how many of its tasks are in each state, by the number of the state.</param>
/// <param name="Shown">The tasks of steps that run once, of loops the last iteration, and the first that failed, without outputs and stacks.</param>
internal sealed record RunOverview(RunSummary Summary, ImmutableArray<bool> Expanded, ImmutableArray<ImmutableArray<int>> Totals, ImmutableArray<TaskState> Shown)
{
    /// <summary>The engine and what is under way there, in words; <c>null</c> if steps run in the driver, or nobody looked.</summary>
    public string? Engine { get; init; }

    public const int States = (int)FlowTaskStatus.Cancelled + 1;

    private const int ShownFailures = 10, ShownText = 1000;

    public static RunOverview Of(RunState state)
    {
        var shown = ImmutableArray.CreateBuilder<TaskState>();
        var failures = 0;
        foreach (var step in state.Steps)
        {
            var once = step.At(default).LastOrDefault();
            if (once is not null) shown.Add(Cut(once, failures < ShownFailures));
            if (once is { Status: FlowTaskStatus.Failed, Error: not null }) failures++;
            foreach (var task in step.Failed().Where(task => task.Error is not null && task.Address != once?.Address).Take(Math.Max(0, ShownFailures - failures)))
            {
                shown.Add(Cut(task, withError: true));
                failures++;
            }
        }

        foreach (var task in state.Flows.Skip(1).SelectMany(flow => flow.Steps).SelectMany(step => step.Failed()).Where(task => task.Error is not null).Take(Math.Max(0, ShownFailures - failures)))
            shown.Add(Cut(task, withError: true));
        var (expanded, totals) = (ImmutableArray.CreateBuilder<bool>(), ImmutableArray.CreateBuilder<ImmutableArray<int>>());
        Count(state.Manifest.Graph, [state], expanded, totals);
        return new RunOverview(new RunSummary(state.Manifest, state.Status, state.Finished, state.Duration, state.Reason), expanded.ToImmutable(), totals.ToImmutable(), shown.ToImmutable()) { Engine = EngineOf(state) };
    }

    private static string? EngineOf(RunState state)
    {
        if (state.Submission is not { } submission) return null;
        var slices = state.Flows.SelectMany(flow => flow.Slices.Values).ToList();
        var live = state.Finished is null ? slices.Count(slice => slice.Ended is null) : 0;
        var driver = state is { Finished: null, IsReleased: true, Status: RunStatus.Running } ? ", waits for its driver" : "";
        return $"{submission.Engine}, {slices.Count} {(slices.Count == 1 ? "job" : "jobs")} so far{(live == 0 ? "" : $", {live} not ended")}{driver}";
    }

    /// <summary>Counts the tasks of a flow however often it is there.</summary>
    private static void Count(GraphDescription graph, IReadOnlyList<FlowState> flows, ImmutableArray<bool>.Builder expanded, ImmutableArray<ImmutableArray<int>>.Builder totals)
    {
        for (var s = 0; s < graph.Steps.Length; s++)
        {
            var step = s;
            expanded.Add(flows.All(flow => flow.IsExpanded(step)));
            var counts = flows.Select(flow => flow.Steps[step].Totals()).ToList();
            totals.Add([.. Enumerable.Range(0, States).Select(status => (int)Math.Min(counts.Sum(count => (long)count[status]), int.MaxValue))]);
            if (graph.Steps[s].SubFlow is { } inner) Count(inner, [.. flows.SelectMany(flow => flow.SubFlows).Where(open => open.Key.Step == step).Select(open => open.Value)], expanded, totals);
        }
    }

    private static TaskState Cut(TaskState task, bool withError) => new()
    {
        Address = task.Address,
        Status = task.Status,
        Attempts = task.Attempts,
        Duration = task.Duration,
        Error = withError && task is { Status: FlowTaskStatus.Failed, Error: { } error } ? new TaskError(error.Kind, Cut(error.Type), Cut(error.Message), null) : null,
        BlockedBy = task.BlockedBy,
        Skipped = task.Skipped,
    };

    private static string Cut(string text) => text.Length > ShownText ? text[..ShownText] + " ..." : text;
}
