using System.Collections.Immutable;

namespace FlowGen.CompilerServices;

/// <summary>One input of a step that is bound to an artifact or a flow parameter. Services are not inputs.</summary>
/// <param name="Name">Name of the method's parameter.</param>
/// <param name="Shape">What the step receives.</param>
/// <param name="Kind">What <paramref name="Source"/> refers to.</param>
/// <param name="Source">Position of the artifact or parameter; for <see cref="InputShape.Item"/> that of the collection.</param>
/// <param name="Dimension">For <see cref="InputShape.Item"/>, the dimension iterated; otherwise -1.</param>
public sealed record InputDefinition(string Name, InputShape Shape, SourceKind Kind, int Source, int Dimension = -1)
{
    /// <summary>What the value, or each item of a gather, comes in: it says which producers the step accepts.</summary>
    public InputWrap Wrap { get; init; }

    /// <summary>For <see cref="InputShape.OneOf"/>, all alternatives by position of the artifact; <see cref="Source"/> is the first.</summary>
    public ImmutableArray<int> Alternatives { get; init; } = [];

    /// <summary>For <see cref="InputShape.Gather"/>, the share of tasks that must have succeeded, of those not skipped, from 0 to 1.</summary>
    public double MinSuccess { get; init; } = 1;

    /// <summary>For <see cref="InputShape.Gather"/>, whether the step reads the values one by one (<see cref="IAsyncEnumerable{T}"/>).</summary>
    public bool IsStream { get; init; }
}
