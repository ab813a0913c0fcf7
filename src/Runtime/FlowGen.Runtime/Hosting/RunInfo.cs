namespace FlowGen;

/// <summary>What is known of a run as a whole.</summary>
public sealed record RunInfo
{
    /// <summary>Id of the run, such as <c>churn/7zzd0q2k-x3k9q2mf</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The random part of the id, which the command line accepts in its place.</summary>
    public required string ShortId { get; init; }

    /// <summary>Command-line name of the flow.</summary>
    public required string Flow { get; init; }

    /// <summary>State of the run when it was read.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended, or <c>null</c> while it has not.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>How long it took, or <c>null</c> while it has not ended.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Who started it.</summary>
    public required string User { get; init; }

    /// <summary>Where it was started.</summary>
    public required string Host { get; init; }

    /// <summary>Its tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Why it did not succeed, if so.</summary>
    public string? Reason { get; init; }

    /// <summary>Its tasks as far as they are known, by step, index and iteration; made one by one while they are enumerated.</summary>
    public IEnumerable<RunTask> Tasks { get; init; } = [];
}
