namespace FlowGen.Runs;

/// <summary>What the log says of a task that something was done for and that is not decided: where its next driver goes on.</summary>
internal sealed record OpenTask
{
    /// <summary>Number of the last attempt that was named.</summary>
    public int Attempt { get; init; }

    public ulong AttemptId { get; init; }

    /// <summary>Attempts that failed by a fault of their own.</summary>
    public int Own { get; init; }

    /// <summary>Attempts that failed because the place was lost where they ran.</summary>
    public int System { get; init; }

    /// <summary>How many of those ran out of memory.</summary>
    public int OutOfMemory { get; init; }

    /// <summary>When its backoff is over.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether its last attempt has begun.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The slice that its last attempt is part of; <c>null</c> if it ran in the driver.</summary>
    public string? Slice { get; init; }

    /// <summary>How many drivers were lost while it ran in them, since its last failure (H5).</summary>
    public int Deaths { get; init; }

    public OpenTask Failed(AttemptFailed failure) => new()
    {
        Attempt = Math.Max(Attempt, failure.Attempt),
        AttemptId = failure.AttemptId,
        Own = Own + (failure.Error.Kind == TaskErrorKind.System ? 0 : 1),
        System = System + (failure.Error.Kind == TaskErrorKind.System ? 1 : 0),
        OutOfMemory = OutOfMemory + (failure.Error.Type == TaskError.OutOfMemory ? 1 : 0),
        Due = failure.RetryAfter > TimeSpan.Zero && failure.RetryAfter < DateTimeOffset.MaxValue - failure.Started && failure.Duration < DateTimeOffset.MaxValue - failure.Started - failure.RetryAfter
            ? failure.Started + failure.Duration + failure.RetryAfter
            : null,
    };
}
