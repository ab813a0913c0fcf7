using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>What <c>status</c> shows of a run: counts instead of tasks, and the few tasks that are named. As small for a million tasks as for ten.</summary>
/// <param name="Summary">The run.</param>
/// <param name="Expanded">For each step, whether it is known which tasks it has.</param>
/// <param name="Totals">For each step, how many of its tasks are in each state, by the number of the state.</param>
/// <param name="Shown">The tasks of steps that run once, of loops the last iteration, and the first that failed, without outputs and stacks.</param>
internal sealed record RunOverview(RunSummary Summary, ImmutableArray<bool> Expanded, ImmutableArray<ImmutableArray<int>> Totals, ImmutableArray<TaskState> Shown)
{
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

        return new RunOverview(new RunSummary(state.Manifest, state.Status, state.Finished, state.Duration, state.Reason),
            [.. state.Steps.Select(step => step.IsExpanded)], [.. state.Steps.Select(step => step.Totals())], shown.ToImmutable());
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
