using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Policies;

/// <summary>Policies that a run changes.</summary>
internal static class PolicyOverrides
{
    public const string AllSteps = "*";

    /// <summary>Those of the run that is resumed, with today's: later ones win.</summary>
    public static ImmutableArray<PolicyOverride> Merge(ImmutableArray<PolicyOverride> before, ImmutableArray<PolicyOverride> today) =>
        [.. before.Where(old => !today.Any(change => change.Policy == old.Policy && (change.Step == old.Step || change.Step == AllSteps))), .. today];

    /// <summary>The flow with the changes, in their order. What a changed flow no longer has is left out: only a resume can name such a thing.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="changes">For all steps, for one by its name, or for one of a sub-flow: <c>prepare/fit</c>.</param>
    public static FlowDefinition Apply(FlowDefinition flow, ImmutableArray<PolicyOverride> changes) => Apply(flow, changes, "");

    private static FlowDefinition Apply(FlowDefinition flow, ImmutableArray<PolicyOverride> changes, string prefix) => changes.IsEmpty ? flow : flow with
    {
        Steps = [.. flow.Steps.Select(step =>
        {
            var name = prefix + step.Name;
            var changed = changes.Where(change => change.Step == AllSteps || change.Step == name).Aggregate(step, Apply);
            return changed.SubFlow is { } inner ? changed with { SubFlow = inner with { Flow = Apply(inner.Flow, changes, name + "/") } } : changed;
        })],
    };

    /// <summary>What is said for all steps is for the steps inside of a sub-flow: to it itself only a limit of how many are open says something.</summary>
    private static StepDefinition Apply(StepDefinition step, PolicyOverride change) =>
        step.SubFlow is not null && change.Policy != "max-parallel" ? step : PolicyTable.All.FirstOrDefault(policy => policy.Name == change.Policy)?.Set?.Invoke(step, change.Value) ?? step;
}
