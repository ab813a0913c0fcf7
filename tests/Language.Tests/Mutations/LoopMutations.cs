using Language.Tests.Flows;
using static Language.Tests.Mutations.Mutation;

namespace Language.Tests.Mutations;

/// <summary>How steps repeat.</summary>
internal static class LoopMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        OfLoop("drop [Loop]", (_, _, step, _) => step with { Loop = null }),
        OfLoop("drop [Carry]", (_, _, step, _) => step with { Inputs = step.Inputs.Replace(step.Carry!, step.Carry! with { Name = "first", Shape = Shape.Plain }) }),
        OfLoop("carry twice", (_, _, step, _) => With(step, step.Carry! with { Name = "second" })),
        OfLoop("repeat never", (_, _, step, _) => step with { Loop = step.Loop! with { Max = 0 } }),
        OfLoop("repeat once more", (_, _, step, _) => step with { Loop = step.Loop! with { Max = step.Loop.Max + 1 } }),
        OfLoop("end otherwise", (_, _, step, _) => step with { Loop = step.Loop! with { StopAtMax = !step.Loop.StopAtMax } }),
        OfLoop("start with something else", (flow, s, step, draw) => Any(flow, s, draw, source => source != step.Carry!.Source) is { } other
            ? step with { Inputs = step.Inputs.Replace(step.Carry!, step.Carry! with { Sources = [other], Declared = flow.DeclaredKind(step.Carry!) }) } : null),
        OfLoop("carry what may be missing", (_, _, step, _) => step with { Inputs = step.Inputs.Replace(step.Carry!, step.Carry! with { Wrap = Wrap.Optional }) }),
        OfLoop("make something else than is carried", (flow, _, step, _) => step with
        {
            Inputs = [.. step.Inputs.Select(input => input with { Declared = flow.DeclaredKind(input) })],
            Outputs = step.Outputs.SetItem(step.Loop!.Carried, step.Outputs[step.Loop.Carried] with { Kind = step.Outputs[step.Loop.Carried].Kind == Kind.Number ? Kind.Point : Kind.Number, IsWild = false }),
        }),
        OfLoop("carry an element of no such name", (_, _, step, _) => step.Outputs.Length > 1 ? step with { Inputs = step.Inputs.Replace(step.Carry!, step.Carry! with { Name = "none" }) } : null),
        OfStep("repeat a step", (flow, s, _) => flow.Steps[s] is { Loop: null, Outputs: [{ Nullable: false, IsWild: false } only] } step
            && step.Inputs.FirstOrDefault(input => input is { Shape: Shape.Plain, Wrap: Wrap.None } && flow.DeclaredKind(input) == only.Kind) is { } plain
            ? step with { Loop = new LoopSpec(3, StopAtMax: true, 0, -1), Inputs = step.Inputs.Replace(plain, plain with { Shape = Shape.Carry }) } : null),
    ];

    private static Mutation OfLoop(string name, Func<FlowSpec, int, StepSpec, Draw, StepSpec?> change) => OfStep(name, (flow, s, draw) => flow.Steps[s].Loop is null ? null : change(flow, s, flow.Steps[s], draw));
}
