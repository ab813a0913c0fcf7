namespace FlowGen;

/// <summary>Thrown by a step that knows that trying again is pointless: the task fails without further attempts, whatever its <see cref="RetryAttribute"/> says.</summary>
public class PermanentFailureException : Exception
{
    /// <summary>A failure without words.</summary>
    public PermanentFailureException() { }

    /// <param name="message">What people are told.</param>
    public PermanentFailureException(string message) : base(message) { }

    /// <param name="message">What people are told.</param>
    /// <param name="innerException">What went wrong.</param>
    public PermanentFailureException(string message, Exception? innerException) : base(message, innerException) { }
}
