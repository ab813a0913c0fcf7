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
    public static FlowDefinition Apply(FlowDefinition flow, ImmutableArray<PolicyOverride> changes) => changes.IsEmpty ? flow : flow with
    {
        Steps = [.. flow.Steps.Select(step => changes.Where(change => change.Step == AllSteps || change.Step == step.Name).Aggregate(step, Apply))],
    };

    private static StepDefinition Apply(StepDefinition step, PolicyOverride change) =>
        PolicyTable.All.FirstOrDefault(policy => policy.Name == change.Policy)?.Set?.Invoke(step, change.Value) ?? step;
}
