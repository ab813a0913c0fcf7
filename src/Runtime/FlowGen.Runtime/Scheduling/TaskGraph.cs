using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Scheduling;

/// <summary>A flow as the scheduler sees it: steps in topological order and the edges between them. Each pair of steps has at most one edge of a kind.</summary>
internal sealed class TaskGraph
{
    private TaskGraph(ImmutableArray<TaskGraphStep> steps, int dimensions) => (Steps, Dimensions) = (steps, dimensions);

    public ImmutableArray<TaskGraphStep> Steps { get; }

    /// <summary>Number of dimensions.</summary>
    public int Dimensions { get; }

    public static TaskGraph Of(FlowDefinition flow)
    {
        var producer = new int[flow.Artifacts.Length];
        for (var s = 0; s < flow.Steps.Length; s++)
            producer.AsSpan(flow.Steps[s].FirstArtifact, flow.Steps[s].ArtifactCount).Fill(s);

        var makes = flow.Dimensions
            .Select((dimension, position) => (dimension, position))
            .Where(made => made.dimension.Kind == SourceKind.Artifact)
            .ToLookup(made => producer[made.dimension.Source], made => made.position);

        var waits = flow.Steps.SelectMany((step, to) => step.Inputs
            .Where(input => input.Kind == SourceKind.Artifact)
            .Select(input => (From: producer[input.Source], To: to, CarriesData: true))
            .Concat(step.After.Select(after => (From: after.Step, To: to, CarriesData: false))));

        return Of([.. flow.Steps.Select((step, s) => new TaskGraphStep
        {
            Dimension = DimensionOf(step),
            Makes = [.. makes[s]],
            MaxAttempts = 1 + (step.Retry?.Times ?? 0),
            MaxParallel = step.MaxParallel,
        })], flow.Dimensions.Length, waits);
    }

    /// <summary>Completes steps that lack their edges and depths.</summary>
    public static TaskGraph Of(ImmutableArray<TaskGraphStep> steps, int dimensions, IEnumerable<(int From, int To, bool CarriesData)> waits)
    {
        var edges = waits
            .GroupBy(wait => (wait.From, wait.To))
            .Select(same => new TaskEdge(same.Key.From, same.Key.To,
                KindOf(steps[same.Key.From].Dimension, steps[same.Key.To].Dimension), same.Any(wait => wait.CarriesData)))
            .ToArray();
        var incoming = edges.ToLookup(edge => edge.To);
        var outgoing = edges.ToLookup(edge => edge.From);

        var depths = new int[steps.Length];
        for (var s = 0; s < depths.Length; s++)
        {
            var sizes = Enumerable.Range(0, s).Where(from => steps[from].Makes.Contains(steps[s].Dimension));
            depths[s] = incoming[s].Select(edge => edge.From).Concat(sizes).Select(from => depths[from] + 1).DefaultIfEmpty().Max();
        }

        return new TaskGraph([.. steps.Select((step, s) => step with { Incoming = [.. incoming[s]], Outgoing = [.. outgoing[s]], Depth = depths[s] })], dimensions);
    }

    private static EdgeKind KindOf(int from, int to) =>
        from < 0 ? EdgeKind.Single : from == to ? EdgeKind.Matching : EdgeKind.Every;

    private static int DimensionOf(StepDefinition step) => step.Scope.Length switch
    {
        0 => -1,
        1 => step.Scope[0],
        _ => throw new NotSupportedException($"Step '{step.Name}' runs in several dimensions; this version runs steps in at most one."),
    };
}
