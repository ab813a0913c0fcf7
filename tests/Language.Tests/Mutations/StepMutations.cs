using Language.Tests.Flows;
using static Language.Tests.Mutations.Mutation;

namespace Language.Tests.Mutations;

/// <summary>Whole steps: order, place, luck.</summary>
internal static class StepMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        OfStep("wait for a step", (flow, s, draw) => s > 0 ? flow.Steps[s] with { After = [new AfterSpec(draw.Below(s), Always: false)] } : null),
        OfStep("clean up after a step", (flow, s, draw) => s > 0 ? flow.Steps[s] with { After = [new AfterSpec(draw.Below(s), Always: true)] } : null),
        OfStep("wait for nobody", (flow, s, _) => flow.Steps[s].After.IsEmpty ? null : flow.Steps[s] with { After = [] }),
        OfStep("fail now and then", (flow, s, draw) => flow.Steps[s] with { FailEvery = 2 }),
        new("remove a step that nobody needs", (flow, draw) => flow.Steps.Length < 2 ? null : draw.Shuffled(Enumerable.Range(0, flow.Steps.Length)).Select(flow.Without).FirstOrDefault(without => without is not null)),
        new("move steps to a base class", (flow, draw) => flow.Steps.Length < 2 ? null : flow with { Inherited = draw.Between(1, flow.Steps.Length) }),
        OfStep("name a step otherwise", (flow, s, _) => flow.Steps[s] with { Name = "Zuse" }),
    ];
}
