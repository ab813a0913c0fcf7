namespace FlowGen.Executing.Isolation;

/// <summary>What a step threw in its own process, or how that process ended.</summary>
/// <param name="type">Full name of the exception's type.</param>
/// <param name="message">Its message.</param>
/// <param name="details">All that .NET tells of it; <c>null</c> if nothing was thrown.</param>
internal class WorkerFailure(string type, string message, string? details = null) : Exception(message)
{
    public string Type { get; } = type;

    public string? Details { get; } = details;

    /// <summary>Whether another attempt makes no sense; decided in the worker, which has the exception itself.</summary>
    public bool IsForGood { get; init; }

    /// <summary>Whether the step did as it was told when it was asked to stop.</summary>
    public bool IsObedience { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Set if it was the store that failed and not the step.</summary>
    public FlowException? StoreFailure { get; init; }
}
