using System.Collections.Immutable;

namespace Language.Tests.Flows;

internal enum Shape { Plain, ForEach, Gather, OneOf, Carry }

internal enum Wrap { None, Nullable, Optional, Outcome, Handle, Indexed }

internal enum ListKind { Array, ReadOnlyList, Immutable, Stream }

/// <summary>How a method returns.</summary>
internal enum Style { Plain, Task, ValueTask }

/// <summary>Of a step in a base class: where its body is.</summary>
internal enum Home { Base, Override }

internal sealed record StepSpec(string Name, ImmutableArray<OutputSpec> Outputs, ImmutableArray<InputSpec> Inputs)
{
    public ImmutableArray<ConditionSpec> Conditions { get; init; } = [];

    public ImmutableArray<AfterSpec> After { get; init; } = [];

    public LoopSpec? Loop { get; init; }

    public Style Style { get; init; }

    public Home Home { get; init; }

    /// <summary>A parameter that the body reads through the flow object; -1 for none: then the method is static.</summary>
    public int Reads { get; init; } = -1;

    /// <summary>About one of so many tasks fails; 0 for none.</summary>
    public int FailEvery { get; init; }

    /// <summary>Whether the first attempt of each task fails and a second is allowed.</summary>
    public bool IsFlaky { get; init; }

    /// <summary>Whether another flow computes its result, if that can be.</summary>
    public bool WantsSubFlow { get; init; }

    /// <summary>How many invocations cooperate, of which the first makes the result; 0 for a step that is no gang.</summary>
    public int Gang { get; init; }

    /// <summary>Whether it takes a service that each invocation must have for itself.</summary>
    public bool IsServed { get; init; }

    /// <summary>Whether it can be a sub-flow: with one output of its own name, without a policy, and nothing to wait for.</summary>
    public bool CanBeSubFlow => WantsSubFlow && !IsFlaky && Gang == 0 && !IsServed && Returns == Style.Plain && Outputs is [var output] && output.Name == FlowRenderer.Camel(Name);

    public InputSpec? Carry => Inputs.FirstOrDefault(input => input.Shape == Shape.Carry);

    /// <summary>How the method returns: what is read one by one or on demand is waited for.</summary>
    public Style Returns => Style == Style.Plain && Inputs.Any(input => input.List == ListKind.Stream || input.Wrap == Wrap.Handle) ? Style.Task : Style;

    /// <summary>The name of the method.</summary>
    public string Method => Returns == Style.Task ? Name + "Async" : Name;

    /// <summary>All steps that it names or takes something of.</summary>
    public IEnumerable<int> Uses => Inputs.SelectMany(input => input.Over is { } over ? input.Sources.Add(over) : input.Sources).Concat(Conditions.Select(condition => condition.Decision))
        .Where(source => !source.IsParameter).Select(source => source.Step).Concat(After.Select(after => after.Step));

    public StepSpec Moved(Func<int, int> move) => this with
    {
        Inputs = [.. Inputs.Select(input => input with { Sources = [.. input.Sources.Select(source => source.Moved(move))], Over = input.Over?.Moved(move) })],
        Conditions = [.. Conditions.Select(condition => condition with { Decision = condition.Decision.Moved(move) })],
        After = [.. After.Select(after => after with { Step = move(after.Step) })],
    };
}

/// <param name="Name">The artifact.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Nullable">Whether it may be null, and is in a third of all tasks.</param>
internal sealed record OutputSpec(string Name, Kind Kind, bool Nullable = false)
{
    /// <summary>Whether some tasks make what must not be: an enum value without a name, or null.</summary>
    public bool IsWild { get; init; }
}

internal sealed record InputSpec(string Name, Shape Shape, ImmutableArray<SourceSpec> Sources)
{
    public Wrap Wrap { get; init; }

    public ListKind List { get; init; }

    public SourceSpec? Over { get; init; }

    public double MinSuccess { get; init; } = 1;

    public int MaxParallel { get; init; }

    /// <summary>The type it is declared with; by default that of its source.</summary>
    public Kind? Declared { get; init; }

    public SourceSpec Source => Sources[0];
}

/// <summary>A condition; without values, <c>[Otherwise]</c>.</summary>
internal sealed record ConditionSpec(SourceSpec Decision, ImmutableArray<object> Values)
{
    public bool IsOtherwise => Values.IsEmpty;
}

internal sealed record AfterSpec(int Step, bool Always);

/// <param name="Max">The most iterations.</param>
/// <param name="StopAtMax">Whether it ends well there.</param>
/// <param name="Carried">The output that is carried on.</param>
/// <param name="Reads">A parameter that the predicate reads; -1 for none: then it is static.</param>
internal sealed record LoopSpec(int Max, bool StopAtMax, int Carried, int Reads);
