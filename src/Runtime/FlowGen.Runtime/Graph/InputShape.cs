namespace FlowGen.CompilerServices;

/// <summary>What a step receives of the source that an input is bound to.</summary>
public enum InputShape
{
    /// <summary>The value whose index agrees with the task's own.</summary>
    Value,

    /// <summary>One item of an iterated collection (<see cref="ForEachAttribute"/>).</summary>
    Item,

    /// <summary>The values of all tasks whose index agrees with the task's own in the dimensions they share, in index order (<see cref="GatherAttribute"/>).</summary>
    Gather,

    /// <summary>The value of whichever alternative was made (<see cref="OneOfAttribute"/>).</summary>
    OneOf,

    /// <summary>The source's value in the first iteration of a loop, the step's own last output afterwards (<see cref="CarryAttribute"/>).</summary>
    Carry,
}
