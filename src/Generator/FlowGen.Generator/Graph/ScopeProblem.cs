namespace FlowGen.Generator.Graph;

/// <summary>What is wrong with the scope of a step.</summary>
internal enum ScopeProblemKind
{
    /// <summary>The same collection is iterated by two inputs.</summary>
    Repeated,

    /// <summary>An input exists once for each item of a dimension that the step's other inputs do not name.</summary>
    SilentMultiplication,

    /// <summary>The scope of no alternative contains those of the others.</summary>
    Scattered,

    /// <summary>A gathered artifact exists only once for each task of the step.</summary>
    NothingToGather,

    /// <summary>A gather would collect over dimensions nested in one another: for each outer item, or all at once?</summary>
    AmbiguousGather,

    /// <summary>The gathered artifact is not in the dimension that it is to be collected over.</summary>
    ForeignOver,

    /// <summary>Two dimensions come in another order than in another step.</summary>
    Order,
}

/// <summary>A mistake in the scope of a step.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Step">Where.</param>
/// <param name="Input">Which of its inputs; for <see cref="ScopeProblemKind.Order"/>, the one that should come first.</param>
/// <param name="Other">The input it collides with; -1 for none.</param>
internal readonly record struct ScopeProblem(ScopeProblemKind Kind, int Step, int Input, int Other = -1)
{
    /// <summary>For <see cref="ScopeProblemKind.Order"/>, the step that has the dimensions the other way round.</summary>
    public int OtherStep { get; init; }

    /// <summary>The dimensions concerned: those that would multiply, that would be collected, that both steps are in, or the two in the order of this step.</summary>
    public IReadOnlyList<int> Dimensions { get; init; } = [];
}
