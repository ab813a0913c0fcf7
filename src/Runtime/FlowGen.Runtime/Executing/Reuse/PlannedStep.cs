using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>What a resume would do with the tasks of one step.</summary>
/// <param name="Name">Name of the step.</param>
internal sealed record PlannedStep(string Name)
{
    /// <summary>Whether it runs once.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Tasks that run in any case.</summary>
    public int Runs { get; init; }

    /// <summary>Tasks that run if what they depend on turns out to be another than before.</summary>
    public int MayRun { get; init; }

    /// <summary>Tasks whose results are there.</summary>
    public int Reused { get; init; }

    /// <summary>Whether not all of its tasks are known yet.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>Why tasks run, each reason once, those of most tasks first.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Names of the steps whose results decide.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Reads a plan off the run that was not run.</summary>
    public static async Task<IReadOnlyList<PlannedStep>> AllAsync(RunStore store, RunState plan, RunState origin, CancellationToken cancel)
    {
        var reasons = new TaskReasons(origin, await CodeText.ReadAsync(store.Artifacts, origin, cancel).ConfigureAwait(false), plan, await CodeText.ReadAsync(store.Artifacts, plan, cancel).ConfigureAwait(false));
        var planned = new List<PlannedStep>();
        for (var s = 0; s < plan.Manifest.Graph.Steps.Length; s++) planned.Add(Of(plan, s, reasons, planned));
        return planned;
    }

    private static PlannedStep Of(RunState plan, int step, TaskReasons reasons, List<PlannedStep> before)
    {
        var graph = plan.Manifest.Graph;
        var (runs, mayRun, reused, why, on) = (0, 0, 0, new Dictionary<string, int>(), new HashSet<string>());
        foreach (var task in plan.TasksOf(step))
        {
            if (task.Status == FlowTaskStatus.Reused) reused++;
            else if (task.BlockedBy is { } cause)
            {
                mayRun++;
                on.Add(graph.Steps[cause.Step].Name);
            }
            else if (task.Status == FlowTaskStatus.Failed && task.Error?.Type == ResumePlanner.WouldRun && UncertainInputs(graph, step, before).ToList() is [_, ..] inputs && IsTolerant(graph.Steps[step]))
            {
                mayRun++;
                on.UnionWith(inputs);
            }
            else if (task.Status == FlowTaskStatus.Failed)
            {
                runs++;
                foreach (var reason in reasons.Of(task.Address)) why[reason] = why.GetValueOrDefault(reason) + 1;
            }
        }

        return new PlannedStep(graph.Steps[step].Name)
        {
            IsSingle = graph.Steps[step].Scope.IsEmpty,
            Runs = runs,
            MayRun = mayRun,
            Reused = reused,
            IsUnknown = !plan.IsExpanded(step),
            Reasons = [.. why.OrderByDescending(reason => reason.Value).Select(reason => reason.Key)],
            DependsOn = [.. on],
        };
    }

    /// <summary>A step that accepts failures starts although what it takes would have to run first.</summary>
    private static bool IsTolerant(GraphStep step) => step.Inputs.Any(input => input.Wrap == InputWrap.Outcome || input.MinSuccess < 1 || input.Shape == InputShape.Gather);

    private static IEnumerable<string> UncertainInputs(GraphDescription graph, int step, List<PlannedStep> before) =>
        from input in graph.Steps[step].Inputs
        where input.Kind == SourceKind.Artifact
        let producer = graph.Artifacts[input.Source].Step
        where before[producer].Runs + before[producer].MayRun > 0
        select graph.Steps[producer].Name;
}
