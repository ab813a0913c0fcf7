using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>A step as found in source.</summary>
/// <param name="id">Its number in source order.</param>
/// <param name="method">The most derived method: its name and parameters count.</param>
/// <param name="attributed">The method that carries the attributes: the same, or one that it overrides.</param>
/// <param name="returns">How the result comes.</param>
/// <param name="result">Type of the result; <c>null</c> for none.</param>
internal sealed class StepDeclaration(int id, IMethodSymbol method, IMethodSymbol attributed, ReturnShape returns, ITypeSymbol? result)
{
    public int Id { get; } = id;

    public IMethodSymbol Method { get; } = method;

    public IMethodSymbol Attributed { get; } = attributed;

    public ReturnShape Returns { get; } = returns;

    public ITypeSymbol? Result { get; } = result;

    public string Name { get; } = Names.OfStep(method.Name.Substring(method.Name.LastIndexOf('.') + 1), returns.IsTask);

    public Location Place { get; } = method.Place();

    public List<ArtifactDeclaration> Artifacts { get; } = [];

    public List<InputDeclaration> Inputs { get; } = [];

    /// <summary>Numbers of the steps that must have finished before, and whether failed ones count as finished.</summary>
    public List<(int Step, bool Always)> After { get; } = [];

    /// <summary>Its <c>[When]</c>s and <c>[Otherwise]</c>s.</summary>
    public List<ConditionDeclaration> Conditions { get; } = [];

    /// <summary>Whether all its conditions could be read; its guard is unknown otherwise.</summary>
    public bool HasKnownConditions { get; set; } = true;

    /// <summary>How it repeats, if it does and nothing is wrong with that.</summary>
    public LoopDeclaration? Loop { get; set; }

    public bool Durable { get; set; }

    /// <summary>The flow that each of its tasks is; <c>null</c> of an ordinary step.</summary>
    public INamedTypeSymbol? SubFlow { get; set; }

    /// <summary>Whether its artifacts are results of the flow.</summary>
    public bool IsOutput { get; set; }

    public PolicyModel Policies { get; set; } = PolicyModel.None;

    /// <summary>Whether its signature can be called; the inputs of others are not bound.</summary>
    public bool IsCallable { get; set; } = true;
}

/// <summary>One parameter of a step's method.</summary>
internal sealed class InputDeclaration(IParameterSymbol parameter, ArgumentKind kind)
{
    public IParameterSymbol Parameter { get; } = parameter;

    public ArgumentKind Kind { get; } = kind;

    /// <summary>What it is bound to, of alternatives the first; <c>null</c> for a service or if nothing was found.</summary>
    public SourceDeclaration? Source { get; set; }

    /// <summary>For <c>[OneOf]</c>, what it may be bound to.</summary>
    public List<SourceDeclaration> Alternatives { get; } = [];

    /// <summary>All that it is or may be bound to.</summary>
    public IEnumerable<SourceDeclaration> Sources => Alternatives.Count > 0 ? Alternatives : Source is null ? [] : [Source];

    /// <summary>Numbers of the steps that make what it is or may be bound to.</summary>
    public IEnumerable<int> Producers => Sources.Select(source => source.Producer?.Id).OfType<int>();

    /// <summary>Whether it was bound without a mistake. Rules about scopes are silent where this is <c>false</c>.</summary>
    public bool IsSound { get; set; } = true;

    /// <summary>The attribute that binds it, if any.</summary>
    public AttributeData? Binding { get; set; }

    /// <summary>For a gather, the name of the dimension to collect over, if given.</summary>
    public string? Over { get; set; }

    /// <summary>What <see cref="Over"/> names; <c>null</c> if there is no such source.</summary>
    public SourceDeclaration? OverSource { get; set; }

    /// <summary>What it, or for a gather each item, comes in.</summary>
    public Shape Shape { get; set; } = new(WrapKind.None, parameter.Type);

    /// <summary>Whether the step runs although the producer was skipped. An artifact that may be null itself is not told from a missing one, so it may not be missing here.</summary>
    public bool IsFree => Kind is ArgumentKind.Value or ArgumentKind.OneOf
        && (Shape.Wrap is WrapKind.Nullable or WrapKind.Optional || (Kind == ArgumentKind.Value && Shape.Wrap == WrapKind.None && Shape.Value.MayBeNull()));

    /// <summary>Whether the step runs although the producer failed.</summary>
    public bool AcceptsFailure => Shape.Wrap == WrapKind.Outcome || MinSuccess < 1;

    /// <summary>For a gather, the share of tasks that must succeed.</summary>
    public double MinSuccess { get; set; } = 1;

    /// <summary>For an item, type of the collection's items.</summary>
    public ITypeSymbol? CollectionItem { get; set; }

    /// <summary>How people see the items of a <c>[ForEach]</c>.</summary>
    public LabelModel? Label { get; set; }

    /// <summary>Limit of a <c>[ForEach]</c>.</summary>
    public int MaxParallel { get; set; }
}
