namespace FlowGen;

/// <summary>What is known of one task of a run.</summary>
public sealed record RunTask
{
    /// <summary>Its name, such as <c>score[3,1]</c>, <c>improve[3]#0</c> for an iteration of a loop, or <c>prepare[2]/clean[3]</c> in a sub-flow.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its step.</summary>
    public required string Step { get; init; }

    /// <summary>Index in the dimensions of its step, slowest first, from 0; empty for a step that runs once.</summary>
    public required IReadOnlyList<int> Index { get; init; }

    /// <summary>Of a loop, which iteration, from 0.</summary>
    public int? Iteration { get; init; }

    /// <summary>What the items it is for are called, if they have labels.</summary>
    public string? Label { get; init; }

    /// <summary>State of the task when the run was read.</summary>
    public required FlowTaskStatus Status { get; init; }

    /// <summary>Attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>When its last attempt started, or <c>null</c> if none did.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How long its last attempt took, or <c>null</c> while it has not ended.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why it has no result, as a sentence; <c>null</c> if it has one or may still have.</summary>
    public string? Reason { get; init; }
}
