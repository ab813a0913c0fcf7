using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Scheduling;

/// <summary>What the scheduler knows of a step.</summary>
internal sealed record TaskGraphStep
{
    /// <summary>Dimensions the step runs in, slowest first; empty for a step that runs once.</summary>
    public ImmutableArray<int> Scope { get; init; } = [];

    /// <summary>Dimensions whose collections the step makes.</summary>
    public ImmutableArray<int> Makes { get; init; } = [];

    /// <summary>Decisions that the step makes.</summary>
    public ImmutableArray<int> Decides { get; init; } = [];

    /// <summary>What decides whether a task runs.</summary>
    public ImmutableArray<GuardDefinition> Guard { get; init; } = [];

    /// <summary>Whether its failure fails no run.</summary>
    public bool Contained { get; init; }

    /// <summary>Whether a task may run for several iterations.</summary>
    public bool IsLoop { get; init; }

    /// <summary>Whether a task is a flow of its own: it takes no slot.</summary>
    public bool IsSubFlow { get; init; }

    /// <summary>Attempts a task may have; of a loop, each iteration.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>How many more it may have because the place where one ran was lost; 0 where that counts as any failure.</summary>
    public int SystemRetries { get; init; }

    /// <summary>Whether a task that was to start may be put back, because another task makes its result.</summary>
    public bool MayWait { get; init; }

    /// <summary>Limit of tasks at the same time, or 0 for none.</summary>
    public int MaxParallel { get; init; }

    /// <summary>Thousandths of a core that an attempt uses; 0 if nobody said.</summary>
    public int MilliCpus { get; init; }

    /// <summary>Bytes of memory that an attempt uses; 0 if nobody said.</summary>
    public long Memory { get; init; }

    public ImmutableArray<TaskEdge> Incoming { get; init; } = [];

    public ImmutableArray<TaskEdge> Outgoing { get; init; } = [];

    /// <summary>Edges on the longest path from a step that waits for nothing.</summary>
    public int Depth { get; init; }

    /// <summary>Whether a task needs its inputs no longer once it has started; otherwise it may start again.</summary>
    public bool IsFedAtStart => MaxAttempts == 1 && SystemRetries == 0 && !IsLoop && !MayWait;

    /// <summary>Whether outputs are kept at all: for other steps, or for the step's own next iteration.</summary>
    public bool KeepsOutputs { get; init; }
}
