namespace FlowGen.Scheduling;

/// <summary>Which tasks of one step a task of another step waits for.</summary>
internal enum EdgeKind : byte
{
    /// <summary>The only task of a step that runs once.</summary>
    Single,

    /// <summary>The task with the same index; both steps run in the same dimension.</summary>
    Matching,

    /// <summary>Every task of a step that runs in a dimension the waiting step is not in.</summary>
    Every,
}
