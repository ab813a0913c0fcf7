namespace FlowGen.Runs;

/// <summary>What the log of a run says, folded: the one view that every reading command and <c>resume</c> use.</summary>
internal sealed class RunState : FlowState
{
    public required RunManifest Manifest { get; init; }

    /// <summary>Recorded status; <see cref="RunStatus.Interrupted"/> when the run is open and its heartbeat is old.</summary>
    public required RunStatus Status { get; init; }
    public DateTimeOffset? Finished { get; init; }
    public TimeSpan? Duration { get; init; }
    public string? Reason { get; init; }

    /// <summary>What the code of the steps is made of; <c>null</c> if nobody said.</summary>
    public StoredValue? Code { get; init; }

    /// <summary>The engine that its steps are sent to; <c>null</c> if the driver runs them.</summary>
    public RunSubmitted? Submission { get; init; }

    /// <summary>Whether its last driver has handed it over.</summary>
    public bool IsReleased { get; init; }

    public string NameOf(TaskAddress task) => Manifest.Graph.NameOf(task);
}
