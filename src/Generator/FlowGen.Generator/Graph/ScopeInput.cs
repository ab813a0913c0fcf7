namespace FlowGen.Generator.Graph;

/// <summary>How an input takes part in its step's scope.</summary>
internal enum ScopeInputKind
{
    /// <summary>A plain value: the scope of its source.</summary>
    Value,

    /// <summary>An item: the scope of the collection, then the dimension of the collection itself.</summary>
    Item,

    /// <summary>Collects over every dimension that the step is not in: nothing.</summary>
    Gather,

    /// <summary>Collects over one dimension and those nested inside it: the other dimensions of its source.</summary>
    GatherOver,

    /// <summary>One of several values: the largest of their scopes, which must contain the others.</summary>
    OneOf,

    /// <summary>Could not be bound: makes the scope of its step unknown.</summary>
    Unknown,
}

/// <summary>An input as the scope rules see it.</summary>
/// <param name="Kind">How it takes part.</param>
/// <param name="Producer">The step that makes the source; -1 for a flow parameter, which is in no dimension.</param>
/// <param name="Dimension">The dimension iterated or collected over; -1 for a name that is no dimension.</param>
internal readonly record struct ScopeInput(ScopeInputKind Kind, int Producer = -1, int Dimension = -1)
{
    /// <summary>For <see cref="ScopeInputKind.OneOf"/>, the steps that make the alternatives.</summary>
    public IReadOnlyList<int> Alternatives { get; init; } = [];
}
