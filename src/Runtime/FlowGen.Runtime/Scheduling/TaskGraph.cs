using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Executing.Policies;

namespace FlowGen.Scheduling;

/// <summary>A flow as the scheduler sees it: steps in topological order and the edges between them. Each pair of steps has at most one edge.</summary>
internal sealed class TaskGraph
{
    private TaskGraph(ImmutableArray<TaskGraphStep> steps, ImmutableArray<int> makers, ImmutableArray<int> deciders) => (Steps, Makers, Deciders) = (steps, makers, deciders);

    public ImmutableArray<TaskGraphStep> Steps { get; }

    /// <summary>By dimension, the step that makes its collections, or -1 if a parameter is one.</summary>
    public ImmutableArray<int> Makers { get; }

    /// <summary>By decision, the step that makes it, or -1 if a parameter does.</summary>
    public ImmutableArray<int> Deciders { get; }

    /// <param name="flow">The flow.</param>
    /// <param name="mayAllWait">Whether tasks of all steps may be put back when they start.</param>
    /// <param name="isRemote">Whether steps are sent to an engine, so that the place is lost at times where one runs.</param>
    public static TaskGraph Of(FlowDefinition flow, bool mayAllWait = false, bool isRemote = false)
    {
        var producer = new int[flow.Artifacts.Length];
        for (var s = 0; s < flow.Steps.Length; s++)
            producer.AsSpan(flow.Steps[s].FirstArtifact, flow.Steps[s].ArtifactCount).Fill(s);

        var makers = flow.Dimensions.Select(dimension => dimension.Kind == SourceKind.Artifact ? producer[dimension.Source] : -1).ToArray();
        var deciders = flow.Decisions.Select(decision => decision.Kind == SourceKind.Artifact ? producer[decision.Source] : -1).ToArray();
        var waits = flow.Steps.SelectMany((step, to) => step.Inputs
            .Where(input => input.Kind == SourceKind.Artifact)
            .SelectMany(input => (input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source])
                .Select(source => new TaskEdge(producer[source], to, AcceptsOf(input))))
            .Concat(step.After.Select(after => new TaskEdge(after.Step, to, after.Always ? EdgeAccepts.Anything : EdgeAccepts.Success, CarriesData: false))));

        return Of([.. flow.Steps.Select((step, s) => new TaskGraphStep
        {
            Scope = step.Scope,
            Makes = Positions(makers, s),
            Decides = Positions(deciders, s),
            Guard = step.Guard,
            Contained = step.Contained,
            IsLoop = step.Loop is not null,
            IsSubFlow = step.SubFlow is not null,
            MaxAttempts = 1 + (step.Retry?.Times ?? 0),
            SystemRetries = SystemRetries.Of(step, isRemote),
            MayWait = step.Cache is not null || mayAllWait,
            MaxParallel = step.MaxParallel,
            MilliCpus = (int)Math.Ceiling((step.Resources?.Cpu ?? 0) * 1000),
            Memory = step.Resources?.Memory ?? 0,
        })], flow.Dimensions.Length, flow.Decisions.Length, waits);
    }

    /// <summary>Completes steps that lack their edges and depths.</summary>
    public static TaskGraph Of(ImmutableArray<TaskGraphStep> steps, int dimensions, int decisions, IEnumerable<TaskEdge> waits)
    {
        var makers = Enumerable.Range(0, dimensions).Select(dimension => Find(steps, step => step.Makes.Contains(dimension))).ToImmutableArray();
        var deciders = Enumerable.Range(0, decisions).Select(decision => Find(steps, step => step.Decides.Contains(decision))).ToImmutableArray();
        var guards = steps.SelectMany((step, to) => step.Guard
            .Where(guard => deciders[guard.Decision] >= 0)
            .Select(guard => new TaskEdge(deciders[guard.Decision], to, guard.IsInherited ? EdgeAccepts.Anything : EdgeAccepts.Success, CarriesData: false)));
        var merged = new Dictionary<long, TaskEdge>();
        foreach (var wait in waits.Concat(guards))
        {
            var ends = ((long)wait.From << 32) | (uint)wait.To;
            merged[ends] = merged.TryGetValue(ends, out var known) ? known.With(wait) : wait;
        }

        var (incoming, outgoing) = (new List<TaskEdge>[steps.Length], new List<TaskEdge>[steps.Length]);
        for (var s = 0; s < steps.Length; s++) (incoming[s], outgoing[s]) = ([], []);
        foreach (var edge in merged.Values)
        {
            incoming[edge.To].Add(edge);
            outgoing[edge.From].Add(edge);
        }

        var depths = new int[steps.Length];
        for (var s = 0; s < depths.Length; s++)
        {
            foreach (var edge in incoming[s]) depths[s] = Math.Max(depths[s], depths[edge.From] + 1);
            foreach (var dimension in steps[s].Scope)
                if (makers[dimension] is >= 0 and var maker) depths[s] = Math.Max(depths[s], depths[maker] + 1);
        }

        return new TaskGraph([.. steps.Select((step, s) => step with
        {
            Incoming = [.. incoming[s]],
            Outgoing = [.. outgoing[s]],
            Depth = depths[s],
            KeepsOutputs = step.IsLoop || outgoing[s].Exists(edge => edge.CarriesData),
        })], makers, deciders);
    }

    /// <summary>The scope of each dimension's collection.</summary>
    public ImmutableArray<ImmutableArray<int>> CollectionScopes => [.. Makers.Select(maker => maker < 0 ? [] : Steps[maker].Scope)];

    private static EdgeAccepts AcceptsOf(InputDefinition input) =>
        input.Wrap == InputWrap.Outcome || input is { Shape: InputShape.Gather, MinSuccess: < 1 } ? EdgeAccepts.Failure : EdgeAccepts.Success;

    private static ImmutableArray<int> Positions(int[] steps, int step) => [.. Enumerable.Range(0, steps.Length).Where(position => steps[position] == step)];

    private static int Find(ImmutableArray<TaskGraphStep> steps, Func<TaskGraphStep, bool> predicate)
    {
        for (var s = 0; s < steps.Length; s++)
            if (predicate(steps[s])) return s;
        return -1;
    }
}
