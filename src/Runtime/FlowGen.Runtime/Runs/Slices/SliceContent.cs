using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>All that a worker elsewhere needs to know of its tasks, but for what slot 0 of the run says.</summary>
internal sealed record SliceContent
{
    /// <summary>Where the program finds the flow: the name of the run's own, and those of the steps that are sub-flows, such as <c>churn/prepare</c>.</summary>
    public required string FlowPath { get; init; }

    public required string Step { get; init; }

    /// <summary>In which generation of gc blobs are put.</summary>
    public required int Generation { get; init; }

    /// <summary>Encoded values of the flow's parameters, by position.</summary>
    public required ImmutableArray<StoredValue> Parameters { get; init; }

    /// <summary>Contents of the input files among them.</summary>
    public required ImmutableArray<InputFileStored> Files { get; init; }

    /// <summary>Tasks at the same time.</summary>
    public required int Parallel { get; init; }

    /// <summary>How long the driver may give no sign of life.</summary>
    public required TimeSpan OrphanTimeout { get; init; }

    public required ImmutableArray<SliceTask> Tasks { get; init; }
}

/// <summary>One attempt of a slice.</summary>
/// <param name="Task">Its task, in the flow that it is of.</param>
/// <param name="Attempt">Number of the attempt.</param>
/// <param name="AttemptId">Its random id.</param>
/// <param name="Name">Name of the task in the run.</param>
/// <param name="IdempotencyKey">The same for all attempts and resumes.</param>
/// <param name="Inputs">By slot.</param>
internal sealed record SliceTask(TaskAddress Task, int Attempt, ulong AttemptId, string Name, string IdempotencyKey, ImmutableArray<SliceInput> Inputs);
