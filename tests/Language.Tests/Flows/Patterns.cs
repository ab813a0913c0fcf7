using System.Collections.Immutable;
using Language.Tests.Reference;

namespace Language.Tests.Flows;

/// <summary>Steps that belong together and that chance alone would hardly ever bring together.</summary>
internal sealed class Patterns(FlowSpec flow, string[] names, Draw draw)
{
    private readonly RandomStep _random = new(flow, draw);
    private readonly List<StepSpec> _steps = [];

    public ImmutableArray<StepSpec> Next()
    {
        switch (draw.Below(7))
        {
            case < 2:
                Branches();
                break;
            case 2:
                Tolerance();
                break;
            case 3:
                Nesting();
                break;
            case 4:
                Crossing();
                break;
            case 5:
                ItemChoice();
                break;
            default:
                Repetition();
                break;
        }
        return [.. _steps];
    }

    /// <summary>Two or three branches of a decision, one perhaps in two steps, and a step that merges them.</summary>
    private void Branches()
    {
        if (_random.Condition() is not { } condition) return;
        var values = draw.Shuffled(flow.KindOf(condition.Decision).Named());
        var isOpen = values.Length < flow.KindOf(condition.Decision).Values().Length;
        var (kind, cut) = (draw.Kind(), draw.Between(1, values.Length));
        var isScoped = Analysis.Of(flow).Scopes.Of(condition.Decision).Count > 0;
        var alternatives = new List<SourceSpec> { Branch([.. values.Take(cut)]) };
        if (values.Length - cut > 1 && draw.Chance(2)) alternatives.Add(Branch([values[cut++]]));
        // Complete: [Otherwise], or all that is left by name.
        var isComplete = !draw.Chance(4);
        if (isComplete || values.Length - cut == 1) alternatives.Add(Branch(isComplete && (isOpen || draw.Chance(2)) ? [] : [.. values.Skip(cut)]));
        if (alternatives.Count < 2) return;
        var wrap = isComplete ? draw.Any([Wrap.None, Wrap.None, Wrap.Outcome, Wrap.Handle, Wrap.Optional]) : draw.Any([Wrap.Nullable, Wrap.Optional]);
        var merged = Add([new InputSpec("in0", Shape.OneOf, [.. draw.Shuffled(alternatives)]) { Wrap = wrap }], kind);
        if (isScoped && draw.Chance(2)) Add([new InputSpec("in0", Shape.Gather, [draw.Any([.. alternatives, merged])]) { Wrap = draw.Any([Wrap.None, Wrap.Optional, Wrap.Indexed, Wrap.Outcome]), List = (ListKind)draw.Below(4) }], draw.Kind());

        SourceSpec Branch(ImmutableArray<object> allowed)
        {
            var first = Add(isScoped || draw.Chance(3) ? [new InputSpec("in0", Shape.Plain, [condition.Decision])] : [], kind, draw.Chance(5) ? 2 : 0, condition with { Values = allowed });
            return draw.Chance(4) ? Add([new InputSpec("in0", Shape.Plain, [first])], kind) : first;
        }
    }

    /// <summary>A decision for each item of a collection, branches, and lists with the gaps that they leave.</summary>
    private void ItemChoice()
    {
        if (Collection() is not { } collection) return;
        var kind = draw.Any([Kind.Flag, Kind.Choice, Kind.Choice, Kind.Digit, Kind.Letter]);
        var decision = Add([new InputSpec("in0", Shape.ForEach, [collection])], kind, draw.Chance(6) ? 4 : 0);
        var made = draw.Kind();
        var some = Add([new InputSpec("in0", Shape.Plain, [decision])], made, draw.Chance(4) ? 3 : 0, new ConditionSpec(decision, [draw.Any(kind.Named())]));
        if (draw.Chance(3)) _steps[^1] = _steps[^1] with { Outputs = [_steps[^1].Outputs[0] with { Nullable = true }] };
        var rest = Add([new InputSpec("in0", Shape.Plain, [decision])], made, 0, new ConditionSpec(decision, []));
        var isNullable = _steps[^2].Outputs[0].Nullable;
        for (var i = 0; i < draw.Between(1, 3); i++)
            Add([new InputSpec("in0", Shape.Gather, [draw.Any([some, rest])])
            {
                Wrap = isNullable ? draw.Any([Wrap.Optional, Wrap.Indexed, Wrap.Outcome]) : draw.Any([Wrap.None, Wrap.Nullable, Wrap.Nullable, Wrap.Optional, Wrap.Indexed, Wrap.Outcome]),
                List = (ListKind)draw.Below(4),
                Over = Analysis.Of(flow).Scopes.Of(collection).Count > 0 ? collection : null,
            }], draw.Kind());
    }

    /// <summary>Work over a collection that fails now and then, perhaps in two steps, a step that takes what comes of it, and one that cleans up.</summary>
    private void Tolerance()
    {
        if (Collection() is not { } collection) return;
        var last = Add([new InputSpec("in0", Shape.ForEach, [collection])], draw.Kind(), draw.Between(2, 5));
        var worker = last.Step;
        if (draw.Chance(2)) last = Add([new InputSpec("in0", Shape.Plain, [last])], draw.Kind(), draw.Chance(2) ? 3 : 0);
        var wrap = draw.Any([Wrap.Outcome, Wrap.Indexed, Wrap.None, Wrap.Optional, Wrap.Handle]);
        var outer = Analysis.Of(flow).Scopes.Of(collection);
        Add([new InputSpec("in0", Shape.Gather, [last])
        {
            Wrap = wrap,
            List = (ListKind)draw.Below(4),
            MinSuccess = wrap == Wrap.Outcome ? 1 : draw.Share(),
            Over = outer.Count > 0 ? draw.Chance(2) ? outer[0] : collection : draw.Chance(3) ? collection : null,
        }], draw.Kind());
        if (draw.Chance(2)) _steps.Add(_random.Dressed(new StepSpec(Name, [], []) { After = [new AfterSpec(worker, Always: true)] }));
    }

    /// <summary>A collection made for each item of another one, work on its items, one list for each outer item, and one of all.</summary>
    private void Nesting()
    {
        if (Collection() is not { } outer) return;
        var inner = Add([new InputSpec("in0", Shape.ForEach, [outer])], draw.Any([Kind.Numbers, Kind.Words]), draw.Chance(6) ? 4 : 0);
        var work = Add([new InputSpec("in0", Shape.ForEach, [inner])], draw.Kind(), draw.Chance(6) ? 4 : 0);
        var total = Add([new InputSpec("in0", Shape.Gather, [work]) { Over = inner, List = (ListKind)draw.Below(4), Wrap = draw.Any([Wrap.None, Wrap.Indexed, Wrap.Outcome]) }], draw.Kind());
        Add([new InputSpec("in0", Shape.Gather, [total]) { Over = outer, List = (ListKind)draw.Below(4), Wrap = draw.Any([Wrap.None, Wrap.Indexed]) }], draw.Kind());
    }

    /// <summary>All pairs of two collections, and a list along one of them.</summary>
    private void Crossing()
    {
        if (Collection() is not { } first || Collection() is not { } second || first == second) return;
        var pair = Add([new InputSpec("in0", Shape.ForEach, [first]), new InputSpec("in1", Shape.ForEach, [second])], draw.Kind(), draw.Chance(6) ? 4 : 0);
        Add([new InputSpec("in0", Shape.Gather, [pair]) { Over = draw.Chance(2) ? first : second, List = (ListKind)draw.Below(4), Wrap = draw.Any([Wrap.None, Wrap.Indexed, Wrap.Outcome]) }], draw.Kind());
    }

    /// <summary>A loop, perhaps for each item of a collection, and a step that takes its end.</summary>
    private void Repetition()
    {
        var seeds = flow.Sources.Where(source => !flow.IsNullable(source)).ToList();
        if (seeds.Count == 0) return;
        InputSpec[] items = Collection() is { } collection && draw.Chance(2) ? [new InputSpec("in1", Shape.ForEach, [collection])] : [];
        var step = new StepSpec(Name, [], [.. items]) { FailEvery = draw.Chance(6) ? 5 : 0 };
        _steps.Add(_random.Dressed(_random.Loop(step, new InputSpec("in0", Shape.Carry, [draw.Any(seeds)]))));
        var end = new SourceSpec(flow.Steps.Length + _steps.Count - 1, 0);
        Add([new InputSpec("in0", Shape.Plain, [end]) { Wrap = draw.Any([Wrap.None, Wrap.Outcome, Wrap.Handle]) }], draw.Kind());
    }

    private string Name => names[flow.Steps.Length + _steps.Count];

    private SourceSpec? Collection()
    {
        var collections = flow.Sources.Where(source => flow.KindOf(source).IsCollection() && !flow.IsNullable(source)).ToList();
        return collections.Count == 0 ? null : draw.Any(collections);
    }

    private SourceSpec Add(ImmutableArray<InputSpec> inputs, Kind kind, int failEvery = 0, ConditionSpec? when = null)
    {
        var step = new StepSpec(Name, [new OutputSpec(FlowRenderer.Camel(Name), kind)], inputs) { FailEvery = failEvery, Conditions = when is null ? [] : [when] };
        _steps.Add(_random.Dressed(step));
        return new SourceSpec(flow.Steps.Length + _steps.Count - 1, 0);
    }
}
