namespace FlowGen.Generator.Graph;

/// <summary>How an input takes part in its step's scope.</summary>
internal enum ScopeInputKind
{
    /// <summary>A plain value: the scope of its source.</summary>
    Value,

    /// <summary>An item: the source's scope and the dimension of the source itself.</summary>
    Item,

    /// <summary>A gathered list: nothing, as long as a flow has only separate dimensions.</summary>
    Gather,

    /// <summary>Could not be bound: makes the scope of its step unknown.</summary>
    Unknown,
}

/// <summary>An input as the scope rules see it.</summary>
/// <param name="Kind">How it takes part.</param>
/// <param name="Producer">The step that makes the source; -1 for a flow parameter, which is in no dimension.</param>
/// <param name="Dimension">For an item, the dimension iterated.</param>
internal readonly record struct ScopeInput(ScopeInputKind Kind, int Producer = -1, int Dimension = -1);

/// <summary>What is wrong with the scope of a step.</summary>
internal enum ScopeProblemKind
{
    /// <summary>The iterated collection is itself made once for each item of another.</summary>
    Nested,

    /// <summary>Two collections are iterated.</summary>
    Crossed,

    /// <summary>The same collection is iterated twice.</summary>
    Repeated,

    /// <summary>An input exists once for each item of a dimension that the step's other inputs do not name.</summary>
    SilentMultiplication,

    /// <summary>A gathered artifact exists only once for each task of the step.</summary>
    NothingToGather,
}

/// <summary>A mistake: which step, which of its inputs, and which input it collides with (-1 for none).</summary>
internal readonly record struct ScopeProblem(ScopeProblemKind Kind, int Step, int Input, int Other = -1);
