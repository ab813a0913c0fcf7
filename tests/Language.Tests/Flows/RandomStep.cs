using System.Collections.Immutable;
using Language.Tests.Reference;

namespace Language.Tests.Flows;

/// <summary>Draws a step that could come next in a flow; it may break rules.</summary>
internal sealed class RandomStep(FlowSpec flow, Draw draw)
{
    public StepSpec Next(string name)
    {
        var inputs = Enumerable.Range(0, draw.Below(flow.Steps.IsEmpty ? 2 : 4)).Select(Input).OfType<InputSpec>().DistinctBy(input => input.Name).ToList();
        var step = new StepSpec(name, [.. Outputs(name)], [.. inputs.Where(input => input.Shape != Shape.Carry)])
        {
            Conditions = [.. Enumerable.Range(0, draw.Chance(3) ? draw.Between(1, 3) : 0).Select(_ => Condition()).OfType<ConditionSpec>()],
            After = flow.Steps.IsEmpty || !draw.Chance(6) ? [] : [new AfterSpec(draw.Below(flow.Steps.Length), draw.Chance(2))],
        };
        return Dressed(inputs.Find(input => input.Shape == Shape.Carry) is { } carry ? Loop(step, carry) : step);
    }

    /// <summary>The same step, with a random style, home and luck.</summary>
    public StepSpec Dressed(StepSpec step)
    {
        var dressed = Randomly(step);
        return draw.Chance(5) ? dressed with { WantsSubFlow = true, Style = Style.Plain } : dressed;
    }

    private StepSpec Randomly(StepSpec step) => step with
    {
        Outputs = step.Outputs is [{ Kind: Kind.Choice, Nullable: false } choice] && draw.Chance(3) ? [choice with { IsWild = true }] : step.Outputs,
        Style = (Style)draw.Below(3),
        Home = (Home)draw.Below(2),
        Reads = flow.Parameters.IsEmpty || !draw.Chance(3) ? -1 : draw.Below(flow.Parameters.Length),
        FailEvery = step.FailEvery > 0 ? step.FailEvery : draw.Chance(5) ? draw.Between(2, 8) : 0,
        IsFlaky = draw.Chance(10),
    };

    /// <summary>A step that repeats: its outputs begin with what it carries on.</summary>
    public StepSpec Loop(StepSpec step, InputSpec carry)
    {
        var (own, kind) = (FlowRenderer.Camel(step.Name), flow.KindOf(carry.Source));
        var isTuple = draw.Chance(3);
        var carried = draw.Below(isTuple ? 2 : 1);
        OutputSpec[] outputs = isTuple ? [new(own + "One", kind), new(own + "Two", kind)] : [new(own, kind)];
        return step with
        {
            Outputs = [.. outputs],
            Inputs = step.Inputs.Add(isTuple ? carry with { Name = outputs[carried].Name } : carry),
            Loop = new LoopSpec(draw.Between(1, 6), draw.Chance(2), carried, flow.Parameters.IsEmpty || draw.Chance(2) ? -1 : draw.Below(flow.Parameters.Length)),
        };
    }

    public ConditionSpec? Condition()
    {
        var decisions = flow.Sources.Where(source => !flow.IsNullable(source) && !flow.KindOf(source).Values().IsEmpty).ToList();
        if (decisions.Count == 0) return null;
        var decision = draw.Any(decisions);
        var values = draw.Shuffled(flow.KindOf(decision).Named());
        return new ConditionSpec(decision, draw.Chance(3) ? [] : [.. values.Take(draw.Between(1, Math.Max(2, values.Length)))]);
    }

    private IEnumerable<OutputSpec> Outputs(string name)
    {
        var own = FlowRenderer.Camel(name);
        switch (draw.Below(14))
        {
            case 0:
                return [];
            case 1:
                return [new(own + "One", draw.Kind()), new(own + "Two", draw.Kind(), Nullable: draw.Chance(3))];
            case 2:
                return [new("the" + name, draw.Kind())];
            case 3:
                return [new(own, draw.Kind(), Nullable: true)];
            case 4:
                return [new(own, draw.Any([Kind.Choice, Kind.Choice, Kind.Letter, Kind.Numbers, Kind.Words])) { IsWild = true }];
            default:
                return [new(own, draw.Kind())];
        }
    }

    private InputSpec? Input(int position)
    {
        var name = $"in{position}";
        var sources = flow.Sources.ToList();
        switch (draw.Below(11))
        {
            case < 3:
                var collections = sources.Where(source => flow.KindOf(source).IsCollection() && !flow.IsNullable(source)).ToList();
                return collections.Count == 0 ? null : new InputSpec(name, Shape.ForEach, [draw.Any(collections)]) { MaxParallel = draw.Chance(6) ? draw.Between(1, 3) : 0 };
            case < 5:
                return Gather(name);
            case 5:
                return OneOf(name);
            case 6:
                var seeds = sources.Where(source => !flow.IsNullable(source)).ToList();
                return seeds.Count == 0 ? null : new InputSpec(name, Shape.Carry, [draw.Any(seeds)]);
            default:
                if (sources.Count == 0) return null;
                var plain = draw.Any(sources);
                return new InputSpec(draw.Chance(2) ? FlowRenderer.Camel(flow.NameOf(plain)) : name, Shape.Plain, [plain])
                {
                    Wrap = flow.IsNullable(plain) ? (Wrap)draw.Between(1, 5) : plain.IsParameter || draw.Chance(2) ? Wrap.None : (Wrap)draw.Below(5),
                };
        }
    }

    private InputSpec? Gather(string name)
    {
        var analysis = Analysis.Of(flow);
        var gathered = flow.Sources.Where(source => analysis.Scopes.Of(source).Count > 0).ToList();
        if (gathered.Count == 0) return null;
        var source = draw.Any(gathered);
        var wrap = (Wrap)draw.Below(6);
        return new InputSpec(name, Shape.Gather, [source])
        {
            Wrap = flow.IsNullable(source) && wrap == Wrap.None ? Wrap.Nullable : wrap,
            List = (ListKind)draw.Below(4),
            Over = draw.Chance(2) ? draw.Any(analysis.Scopes.Of(source)) : null,
            MinSuccess = wrap != Wrap.Outcome && draw.Chance(3) ? draw.Share() : 1,
        };
    }

    private InputSpec? OneOf(string name)
    {
        var kind = draw.Kind();
        var alternatives = draw.Shuffled(flow.Sources.Where(source => !source.IsParameter && flow.KindOf(source) == kind));
        if (alternatives.Length < 2) return null;
        var sources = alternatives.Take(draw.Between(2, 4)).ToImmutableArray();
        var wrap = (Wrap)draw.Below(5);
        return new InputSpec(name, Shape.OneOf, sources) { Wrap = wrap == Wrap.None && sources.Any(flow.IsNullable) ? Wrap.Nullable : wrap };
    }
}
