namespace FlowGen.Generator.Model;

/// <summary>What a step receives for one of its method's parameters.</summary>
internal enum ArgumentKind
{
    /// <summary>The value whose index agrees with the task's own.</summary>
    Value,

    /// <summary>One item of an iterated collection.</summary>
    Item,

    /// <summary>The values of a whole dimension.</summary>
    Gather,

    Context,
    CancellationToken,
    Logger,
}

/// <summary>One of a step's method's parameters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Fully qualified type of the parameter itself.</param>
/// <param name="Kind">What it receives.</param>
/// <param name="Source">What it is bound to; meaningless for a service.</param>
/// <param name="Dimension">For an item, the dimension iterated; otherwise -1.</param>
/// <param name="ItemTypeName">For a gather, fully qualified type of the list's items.</param>
/// <param name="IsImmutableArray">For a gather, whether the list is an <c>ImmutableArray</c>.</param>
internal sealed record ArgumentModel(
    string Name, string TypeName, ArgumentKind Kind, SourceModel Source = default, int Dimension = -1, string? ItemTypeName = null, bool IsImmutableArray = false)
{
    public bool IsInput => Kind <= ArgumentKind.Gather;
}
