using System.Collections.Immutable;

namespace FlowGen.Scheduling;

/// <summary>What the scheduler knows of a step.</summary>
internal sealed record TaskGraphStep
{
    /// <summary>Dimension the step runs in, or -1 for a step that runs once.</summary>
    public int Dimension { get; init; } = -1;

    /// <summary>Dimensions whose collections the step makes; such a step runs once.</summary>
    public ImmutableArray<int> Makes { get; init; } = [];

    /// <summary>Attempts a task may have.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>Limit of tasks at the same time, or 0 for none.</summary>
    public int MaxParallel { get; init; }

    public ImmutableArray<TaskEdge> Incoming { get; init; } = [];

    public ImmutableArray<TaskEdge> Outgoing { get; init; } = [];

    /// <summary>Edges on the longest path from a step that waits for nothing.</summary>
    public int Depth { get; init; }
}
