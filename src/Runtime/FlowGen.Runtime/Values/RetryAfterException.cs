namespace FlowGen;

/// <summary>Thrown by a step that knows when trying again makes sense, such as from an answer's Retry-After. Counts as a retry; without a <see cref="RetryAttribute"/> the task fails.</summary>
public class RetryAfterException : Exception
{
    /// <param name="delay">How long to wait before the next attempt, instead of the step's backoff; less than zero is zero.</param>
    public RetryAfterException(TimeSpan delay) : this(delay, "The step asked to be tried again later.") { }

    /// <param name="delay">How long to wait before the next attempt, instead of the step's backoff; less than zero is zero.</param>
    /// <param name="message">What people are told.</param>
    /// <param name="innerException">What went wrong.</param>
    public RetryAfterException(TimeSpan delay, string message, Exception? innerException = null) : base(message, innerException) =>
        Delay = delay > TimeSpan.Zero ? delay : TimeSpan.Zero;

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Delay { get; }
}
