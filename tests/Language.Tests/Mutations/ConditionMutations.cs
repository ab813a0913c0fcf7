using Language.Tests.Flows;
using static Language.Tests.Mutations.Mutation;

namespace Language.Tests.Mutations;

/// <summary>When steps run.</summary>
internal static class ConditionMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        OfStep("drop a condition", (flow, s, draw) => flow.Steps[s].Conditions.IsEmpty ? null : flow.Steps[s] with { Conditions = flow.Steps[s].Conditions.RemoveAt(draw.Below(flow.Steps[s].Conditions.Length)) }),
        OfCondition("allow another value", (flow, condition, draw) => condition with { Values = [draw.Any(flow.KindOf(condition.Decision).Named())] }),
        OfCondition("allow one value more", (flow, condition, draw) => flow.KindOf(condition.Decision).Named().Except(condition.Values).ToList() is { Count: > 0 } more && !condition.IsOtherwise
            ? condition with { Values = condition.Values.Add(draw.Any(more)) } : null),
        OfCondition("allow one value less", (_, condition, draw) => condition.Values.Length > 1 ? condition with { Values = condition.Values.RemoveAt(draw.Below(condition.Values.Length)) } : null),
        OfCondition("turn [When] into [Otherwise]", (_, condition, _) => condition.IsOtherwise ? null : condition with { Values = [] }),
        OfCondition("turn [Otherwise] into [When]", (flow, condition, draw) => condition.IsOtherwise ? condition with { Values = [.. draw.Shuffled(flow.KindOf(condition.Decision).Named()).Take(draw.Between(1, 3))] } : null),
        OfCondition("name a value of another type", (flow, condition, draw) => condition.IsOtherwise ? null
            : condition with { Values = condition.Values.Add(draw.Any([.. new object[] { true, Choice.B, 2, "y" }.Where(value => Kinds.Of(value) != flow.KindOf(condition.Decision))])) }),
        // Of a bool, no value means true.
        OfCondition("name a value twice", (_, condition, _) => condition.IsOtherwise ? null : condition with { Values = condition.Values.Add(condition.Values[0]) }),
        OfCondition("decide by something else", (flow, condition, draw) => Any(flow, condition.Decision.Step + 1, draw, source => flow.KindOf(source) == flow.KindOf(condition.Decision) && source != condition.Decision) is { } other
            ? condition with { Decision = other } : null),
        OfStep("depend on a decision", (flow, s, draw) => Any(flow, s, draw, source => !flow.KindOf(source).Values().IsEmpty) is { } decision
            ? With(flow.Steps[s], new ConditionSpec(decision, [draw.Any(flow.KindOf(decision).Named())])) : null),
        OfStep("depend on the rest", (flow, s, draw) => Any(flow, s, draw, source => !flow.KindOf(source).Values().IsEmpty) is { } decision ? With(flow.Steps[s], new ConditionSpec(decision, [])) : null),
        OfStep("depend on what does not decide", (flow, s, draw) => Any(flow, s, draw, source => flow.KindOf(source) is Kind.Numbers or Kind.Words or Kind.Point) is { } source ? With(flow.Steps[s], new ConditionSpec(source, [2])) : null),
        OfStep("run never and else", (flow, s, _) => flow.Steps[s].Conditions is [{ IsOtherwise: false } first, ..] ? With(flow.Steps[s], first with { Values = [] }) : null),
    ];

    private static StepSpec With(StepSpec step, ConditionSpec condition) => step with { Conditions = step.Conditions.Add(condition) };
}
