using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>An output that somebody may still need: where its bytes are, and the value itself if it may be handed on as it is.</summary>
internal readonly record struct Output(StoredValue? Stored, object? Live)
{
    /// <summary>Whether there is one: not of a task that was skipped, failed or was blocked.</summary>
    public bool Exists => Stored is not null;
}

/// <summary>What one producer made, as it was found when the task started.</summary>
/// <param name="Artifact">Position of the artifact.</param>
/// <param name="Output">What is there.</param>
/// <param name="Index">Index of the producer.</param>
/// <param name="Error">Why there is nothing, if the producer failed or was blocked.</param>
internal sealed record CapturedValue(int Artifact, Output Output, TaskIndex Index, StepError? Error);

/// <summary>The item of a collection that was taken out already, where the collection itself is not.</summary>
internal sealed record CapturedItem(StoredValue Value);

/// <summary>An item of a collection that stays in the store.</summary>
internal sealed record IndexedItem(StoredValue Collection, int Position);

/// <summary>What the producers of a gather made, in index order. Those that the input does not take are left out.</summary>
/// <param name="Input">The input.</param>
/// <param name="Outputs">What is there; none where the input keeps a gap.</param>
internal sealed record CapturedGather(InputDefinition Input, Output[] Outputs)
{
    /// <summary>Indices of the producers; empty if nobody sees them.</summary>
    public TaskIndex[] Indices { get; init; } = [];

    /// <summary>Why there is nothing, by position; empty if none failed or nobody sees it.</summary>
    public StepError?[] Errors { get; init; } = [];

    /// <summary>Of a gather that asks for a share of successes, why the first producers failed that did.</summary>
    public IReadOnlyList<StepError> FirstErrors { get; init; } = [];

    /// <summary>Producers that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Producers that failed or were blocked.</summary>
    public int Failed { get; init; }

    /// <summary>Whether as many succeeded as the step asks for; skipped ones do not count, and of none it is enough.</summary>
    public bool IsEnough => Failed == 0 || Input.MinSuccess >= 1 || Succeeded / (double)(Succeeded + Failed) >= Input.MinSuccess;
}
