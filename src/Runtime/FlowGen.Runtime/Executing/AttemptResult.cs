using System.Collections.Immutable;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>How the code of an attempt ended.</summary>
internal enum AttemptEnd
{
    Succeeded,
    Failed,

    /// <summary>The run was stopped and the step obeyed.</summary>
    Cancelled,

    /// <summary>It did not start: another task makes the result.</summary>
    PutBack,

    /// <summary>Too late: somebody else has told the outcome.</summary>
    Late,
}

/// <summary>What came of an attempt.</summary>
internal readonly record struct AttemptResult(AttemptEnd End)
{
    public TaskError? Error { get; init; }

    /// <summary>Whether another attempt would fail alike.</summary>
    public bool IsForGood { get; init; }

    /// <summary>When the step asked to be tried again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of a loop, whether there is a next iteration.</summary>
    public bool Again { get; init; }

    /// <summary>Of a loop, whether it would go on, but ends because it may.</summary>
    public bool StoppedAtMax { get; init; }

    /// <summary>The outputs as they are stored.</summary>
    public ImmutableArray<StoredValue> Stored { get; init; }

    /// <summary>The same as the step returned them.</summary>
    public object?[]? Values { get; init; }

    /// <summary>Collections among the outputs that dimensions iterate, in the order of <see cref="Made"/>: in copies that nobody else holds, or as <see cref="StoredItems"/>.</summary>
    public object?[]? Collections { get; init; }

    /// <summary>What people call their items, in the same order; <c>null</c> if none is called anything.</summary>
    public ImmutableArray<string?>[]? Labels { get; init; }

    public DimensionWidth[]? Made { get; init; }

    /// <summary>Decisions among the outputs.</summary>
    public DecidedValue[]? Decided { get; init; }
}
