namespace FlowGen.Generator.Model;

/// <summary>What a step receives for one of its method's parameters.</summary>
internal enum ArgumentKind
{
    /// <summary>The value whose index agrees with the task's own.</summary>
    Value,

    /// <summary>One item of an iterated collection.</summary>
    Item,

    /// <summary>The values of one or more dimensions.</summary>
    Gather,

    /// <summary>The value of whichever alternative was made.</summary>
    OneOf,

    /// <summary>The source's value in the first iteration of a loop, the step's own last output afterwards.</summary>
    Carry,

    Context,
    CancellationToken,
    Logger,

    /// <summary>A service of the program; in a <see cref="WrapKind.Nullable"/> wrap if it may be missing.</summary>
    Service,

    /// <summary>A resource of the process.</summary>
    PerWorker,

    /// <summary>A flow parameter, of what is called outside the graph.</summary>
    Parameter,
}

/// <summary>One of a step's method's parameters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Fully qualified type of the parameter itself.</param>
/// <param name="Kind">What it receives.</param>
/// <param name="Source">What it is bound to; meaningless for a service.</param>
internal sealed record ArgumentModel(string Name, string TypeName, ArgumentKind Kind, SourceModel Source = default)
{
    public bool IsInput => Kind <= ArgumentKind.Carry;

    /// <summary>For an item, the dimension iterated; otherwise -1.</summary>
    public int Dimension { get; init; } = -1;

    /// <summary>What the value, or each item of a gather, comes in.</summary>
    public WrapKind Wrap { get; init; }

    /// <summary>Fully qualified type of the value inside <see cref="Wrap"/>; of a gather, of each.</summary>
    public string ValueTypeName { get; init; } = TypeName;

    /// <summary>Of a service, its type as people write it.</summary>
    public string? ShownType { get; init; }

    /// <summary>Of alternatives, the positions of all artifacts.</summary>
    public EquatableArray<int> Alternatives { get; init; }

    /// <summary>For a gather, which list it fills.</summary>
    public ListKind List { get; init; }

    /// <summary>For a gather, the share of tasks that must succeed.</summary>
    public double MinSuccess { get; init; } = 1;
}
