using Language.Tests.Flows;
using static Language.Tests.Mutations.Mutation;

namespace Language.Tests.Mutations;

/// <summary>What a step takes, how often and in what shape.</summary>
internal static class InputMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        OfStep("drop an input", (flow, s, draw) => flow.Steps[s].Inputs.Where(input => input.Shape != Shape.Carry).ToList() is { Count: > 0 } inputs
            ? flow.Steps[s] with { Inputs = flow.Steps[s].Inputs.Remove(draw.Any(inputs)) } : null),
        OfInput("take something else", (flow, s, input, draw) => input.Shape != Shape.OneOf && Any(flow, s, draw, source => source != input.Source) is { } other ? input with { Name = "other", Sources = [other] } : null),
        OfStep("take a value of any scope", (flow, s, draw) => Any(flow, s, draw, source => !flow.IsNullable(source)) is { } source ? With(flow.Steps[s], new InputSpec("extra", Shape.Plain, [source])) : null),
        OfStep("iterate one collection more", (flow, s, draw) => Any(flow, s, draw, source => flow.KindOf(source).IsCollection()) is { } source ? With(flow.Steps[s], new InputSpec("extra", Shape.ForEach, [source])) : null),
        OfStep("iterate a collection twice", (flow, s, draw) => flow.Steps[s].Inputs.FirstOrDefault(input => input.Shape == Shape.ForEach) is { } item ? With(flow.Steps[s], item with { Name = "again" }) : null),
        OfStep("gather one artifact more", (flow, s, draw) => Any(flow, s, draw, source => !source.IsParameter) is { } source
            ? With(flow.Steps[s], new InputSpec("extra", Shape.Gather, [source]) { Wrap = draw.Any([Wrap.None, Wrap.Indexed, Wrap.Optional]) }) : null),
        OfStep("gather the same again, but some", (flow, s, draw) => flow.Steps[s].Inputs.FirstOrDefault(input => input.Shape == Shape.Gather) is { } gather
            ? With(flow.Steps[s], gather with { Name = "again", MinSuccess = 0.5, Wrap = flow.IsNullable(gather.Source) ? Wrap.Optional : Wrap.None }) : null),
        OfStep("iterate in another order", (flow, s, _) => flow.Steps[s].Inputs.Count(input => input.Shape == Shape.ForEach) > 1 ? flow.Steps[s] with { Inputs = [.. flow.Steps[s].Inputs.Reverse()] } : null),
        OfInput("drop [Gather]", (flow, _, input, _) => input.Shape == Shape.Gather ? new InputSpec(input.Name, Shape.Plain, input.Sources) { Wrap = input.Wrap } : null),
        OfInput("add [Gather]", (flow, _, input, _) => input is { Shape: Shape.Plain, Source.IsParameter: false } ? input with { Name = "all", Shape = Shape.Gather } : null),
        OfInput("drop [ForEach]", (flow, _, input, _) => input.Shape == Shape.ForEach ? input with { Shape = Shape.Plain, Declared = flow.DeclaredKind(input) } : null),
        OfInput("drop [ForEach], take the whole", (_, _, input, _) => input.Shape == Shape.ForEach ? input with { Shape = Shape.Plain } : null),
        OfInput("add [ForEach]", (flow, _, input, _) => input.Shape == Shape.Plain ? input with { Name = "item", Shape = Shape.ForEach, Wrap = Wrap.None, Declared = flow.KindOf(input.Source) } : null),
        OfInput("iterate what is taken whole", (flow, _, input, _) => input.Shape == Shape.Plain && flow.KindOf(input.Source).IsCollection() ? input with { Name = "item", Shape = Shape.ForEach, Wrap = Wrap.None } : null),
        OfInput("drop Over", (_, _, input, _) => input.Over is null ? null : input with { Over = null }),
        OfInput("gather over a dimension", (flow, s, input, draw) => input.Shape == Shape.Gather && Any(flow, s, draw, source => flow.KindOf(source).IsCollection()) is { } over ? input with { Over = over } : null),
        OfInput("want only some successes", (_, _, input, draw) => input.Shape == Shape.Gather ? input with { MinSuccess = draw.Share() } : null),
        OfInput("wrap an input", (flow, _, input, draw) => input.Shape != Shape.ForEach && !(input.Source.IsParameter && input.Wrap == Wrap.None && draw.Chance(2)) ? input with { Wrap = draw.Any([Wrap.None, Wrap.Optional, Wrap.Outcome, Wrap.Handle, Wrap.Indexed]) } : null),
        OfInput("wrap an item", (_, _, input, draw) => input.Shape == Shape.ForEach ? input with { Wrap = draw.Any([Wrap.Optional, Wrap.Outcome, Wrap.Handle, Wrap.Indexed]) } : null),
        OfInput("drop an alternative", (_, _, input, draw) => input.Shape == Shape.OneOf ? input with { Sources = input.Sources.RemoveAt(draw.Below(input.Sources.Length)) } : null),
        OfInput("add an alternative", (flow, s, input, draw) => input.Shape == Shape.OneOf && Other(flow, s, input, draw) is { } more ? input with { Sources = input.Sources.Add(more) } : null),
        OfInput("exchange an alternative", (flow, s, input, draw) => input.Shape == Shape.OneOf && Other(flow, s, input, draw) is { } more ? input with { Sources = input.Sources.SetItem(draw.Below(input.Sources.Length), more) } : null),
        OfInput("name an alternative twice", (_, _, input, _) => input.Shape == Shape.OneOf ? input with { Sources = input.Sources.Add(input.Source) } : null),
        OfInput("insist on an alternative", (_, _, input, _) => input is { Shape: Shape.OneOf, Wrap: not Wrap.None } ? input with { Wrap = Wrap.None } : null),
        OfInput("take one of two", (flow, s, input, draw) => input is { Shape: Shape.Plain, Source.IsParameter: false } && Other(flow, s, input, draw) is { } more ? input with { Name = "either", Shape = Shape.OneOf, Sources = input.Sources.Add(more) } : null),
    ];

    private static SourceSpec? Other(FlowSpec flow, int s, InputSpec input, Draw draw) => Any(flow, s, draw, source => flow.KindOf(source) == flow.KindOf(input.Source) && !input.Sources.Contains(source));
}
