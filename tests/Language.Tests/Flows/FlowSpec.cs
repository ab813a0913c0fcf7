using System.Collections.Immutable;

namespace Language.Tests.Flows;

/// <summary>A flow as data: rendered to C#, checked and interpreted by the reference. Steps come after what they use; sources refer to steps by position.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Seed">What it was drawn with; also the order of its methods in source.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record FlowSpec(string Name, int Seed, ImmutableArray<ParameterSpec> Parameters, ImmutableArray<StepSpec> Steps)
{
    /// <summary>So many steps, the first ones, are those of a base class; so are then the parameters.</summary>
    public int Inherited { get; init; }

    /// <summary>Whether source names everything by strings, so that a name that is gone is not the C# compiler's to tell.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>A step that is left out of the source although others use it; -1 for none.</summary>
    public int Missing { get; init; } = -1;

    /// <summary>Whether a step is another flow.</summary>
    public bool IsSubFlow(int step) => step >= Inherited && Steps[step].CanBeSubFlow;

    public Kind KindOf(SourceSpec source) => source.IsParameter ? Parameters[source.Output].Kind : Steps[source.Step].Outputs[source.Output].Kind;

    public bool IsNullable(SourceSpec source) => !source.IsParameter && Steps[source.Step].Outputs[source.Output].Nullable;

    public string NameOf(SourceSpec source) => source.IsParameter ? Parameters[source.Output].Name : Steps[source.Step].Outputs[source.Output].Name;

    /// <summary>What a source makes of an input: an item, or the whole.</summary>
    public Kind ProvidedKind(InputSpec input) => input.Shape == Shape.ForEach && KindOf(input.Source).IsCollection() ? KindOf(input.Source).Item() : KindOf(input.Source);

    /// <summary>The type that an input is declared with, its shape left out.</summary>
    public Kind DeclaredKind(InputSpec input) => input.Declared ?? ProvidedKind(input);

    /// <summary>Its shape as the compiler sees it: where null may be a value, <c>T?</c> does not say that there is none.</summary>
    public Wrap WrapOf(InputSpec input) => input.Wrap == Wrap.Nullable && input.Sources.Any(source => source.IsParameter || IsNullable(source)) ? Wrap.None : input.Wrap;

    public IEnumerable<SourceSpec> Sources =>
        Parameters.Select((_, i) => new SourceSpec(-1, i)).Where(source => !Parameters[source.Output].IsSecret).Concat(Steps.SelectMany((step, s) => step.Outputs.Select((_, o) => new SourceSpec(s, o))));

    /// <summary>Whether the items of a collection have labels: some of those that can.</summary>
    public bool IsLabelled(SourceSpec collection) => KindOf(collection) == Kind.Words && NameOf(collection).Length % 2 == 0;

    /// <summary>The same flow without a step; <c>null</c> if another one needs it.</summary>
    public FlowSpec? Without(int removed)
    {
        if (Steps.Any(step => step.Uses.Contains(removed))) return null;
        return this with
        {
            Inherited = Inherited > removed ? Inherited - 1 : Inherited,
            Steps = [.. Steps.RemoveAt(removed).Select(step => step.Moved(position => position > removed ? position - 1 : position))],
        };
    }
}

/// <summary>An artifact, or a parameter.</summary>
internal readonly record struct SourceSpec(int Step, int Output)
{
    public bool IsParameter => Step < 0;

    public SourceSpec Moved(Func<int, int> move) => IsParameter ? this : this with { Step = move(Step) };
}

/// <param name="Name">Name of the property.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Default">The value of the initializer.</param>
/// <param name="Value">The value that runs are given.</param>
internal sealed record ParameterSpec(string Name, Kind Kind, object Default, object Value)
{
    /// <summary>Whether only bodies see it, and no record does.</summary>
    public bool IsSecret { get; init; }
}
