namespace FlowGen.CompilerServices;

/// <summary>What a step receives of the source that an input is bound to.</summary>
public enum InputShape
{
    /// <summary>The value whose index agrees with the task's own.</summary>
    Value,

    /// <summary>One item of an iterated collection (<see cref="ForEachAttribute"/>).</summary>
    Item,

    /// <summary>The values of a whole dimension in index order (<see cref="GatherAttribute"/>).</summary>
    Gather,
}
