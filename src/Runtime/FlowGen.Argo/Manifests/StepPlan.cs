using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Argo.Manifests;

/// <summary>A step of the flow as a part of the workflow.</summary>
/// <param name="Step">The step.</param>
/// <param name="Template">Name of its template, and of its task in the graph.</param>
/// <param name="Jobs">What its pods do: itself or, of a sub-flow, the steps in it.</param>
/// <param name="Needs">The parts that must have ended before.</param>
internal sealed record StepPlan(StepDefinition Step, string Template, ImmutableArray<JobPlan> Jobs, ImmutableArray<string> Needs)
{
    /// <summary>The parts of a flow, in topological order. Steps that the driver runs itself are none; what waits for them waits for what they wait for.</summary>
    public static ImmutableArray<StepPlan> Of(FlowDefinition flow, TemplateNames names)
    {
        var producer = flow.Artifacts.Select(static _ => -1).ToArray();
        for (var s = 0; s < flow.Steps.Length; s++) producer.AsSpan(flow.Steps[s].FirstArtifact, flow.Steps[s].ArtifactCount).Fill(s);
        var plans = ImmutableArray.CreateBuilder<StepPlan>();
        var ends = new SortedSet<int>[flow.Steps.Length];
        var parts = new Dictionary<int, string>();
        for (var s = 0; s < flow.Steps.Length; s++)
        {
            var step = flow.Steps[s];
            var needs = new SortedSet<int>(Sources(flow, step, producer).Where(source => source >= 0 && source != s).SelectMany(source => ends[source]));
            var jobs = JobPlan.Of(step, "");
            if (jobs.IsEmpty)
            {
                ends[s] = needs;
                continue;
            }

            ends[s] = [s];
            var template = names.Add(step.Name);
            parts.Add(s, template);
            plans.Add(new StepPlan(step, template, [.. jobs.Select(job => job with { Template = names.Add(job.Path + "-run"), Output = jobs.Length == 1 ? "slices" : names.Add(job.Path + "-slices") })], [.. needs.Select(need => parts[need])]));
        }

        return plans.ToImmutable();
    }

    /// <summary>How deep one round after the other can nest: each iteration of a loop is a round of its own.</summary>
    public static long Rounds(StepDefinition step) => step.Inline ? 0 : (step.Loop?.Max ?? 1L) * (step.SubFlow is { } inner ? Math.Max(1, inner.Flow.Steps.Sum(Rounds)) : 1);

    private static IEnumerable<int> Sources(FlowDefinition flow, StepDefinition step, int[] producer)
    {
        foreach (var input in step.Inputs)
            if (input.Kind == SourceKind.Artifact)
                foreach (var source in input.Shape == InputShape.OneOf ? input.Alternatives : [input.Source]) yield return producer[source];
        foreach (var after in step.After) yield return after.Step;
        foreach (var dimension in step.Scope)
            if (flow.Dimensions[dimension] is { Kind: SourceKind.Artifact } made) yield return producer[made.Source];
        foreach (var guard in step.Guard)
            if (flow.Decisions[guard.Decision] is { Kind: SourceKind.Artifact } decided) yield return producer[decided.Source];
    }
}

/// <summary>What the pods of one step do.</summary>
/// <param name="Path">From the run's flow inwards: <c>fit</c>, <c>prepare/clean</c>.</param>
/// <param name="Step">The step.</param>
/// <param name="IsInside">Whether it is a step of a sub-flow.</param>
internal sealed record JobPlan(string Path, StepDefinition Step, bool IsInside)
{
    /// <summary>Name of the template of its pods.</summary>
    public string Template { get; init; } = "";

    /// <summary>Name of the output parameter of the plan that lists its slices.</summary>
    public string Output { get; init; } = "";

    /// <summary>Whether each slice says how much memory its pod asks for.</summary>
    public bool HasMemory => Step.Resources is { Memory: > 0, MemoryGrowth: > 1 };

    /// <summary>Whether each slice says how long its pod may take.</summary>
    public bool HasLimit => Step.Timeout is { } timeout && timeout < TimeSpan.FromDays(30);

    /// <summary>The steps whose tasks are sent when a step is: none of one that the driver runs.</summary>
    public static ImmutableArray<JobPlan> Of(StepDefinition step, string outer)
    {
        if (step.SubFlow is { } inner) return [.. inner.Flow.Steps.SelectMany(part => Of(part, outer + step.Name + "/"))];
        return step.Inline ? [] : [new JobPlan(outer + step.Name, step, outer.Length > 0)];
    }
}
