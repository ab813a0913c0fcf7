namespace FlowGen;

/// <summary>Runs a failed task again.</summary>
/// <param name="times">Number of retries after the first attempt, 1 to 100.</param>
/// <remarks>
/// A step may throw <see cref="PermanentFailureException"/> to fail at once, or <see cref="RetryAfterException"/> to say when to come back.
/// Failures of the place where an attempt ran, such as a lost worker, are not counted here.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RetryAttribute(int times) : Attribute
{
    /// <summary>Number of retries after the first attempt.</summary>
    public int Times { get; } = times;

    /// <summary>Wait before the first retry, such as <c>"500ms"</c>, <c>"10s"</c> or <c>"1m30s"</c>; it doubles with every further retry, with up to 25 % of jitter. Default: <c>"1s"</c>.</summary>
    public string? Backoff { get; set; }

    /// <summary>The longest wait. Default: <c>"10m"</c>.</summary>
    public string? MaxBackoff { get; set; }

    /// <summary>The exceptions after which the task runs again, with their subclasses; a time limit that was exceeded is a <see cref="TimeoutException"/>. Default: all.</summary>
    public Type[]? On { get; set; }

    /// <summary>The exceptions after which it does not, with their subclasses. Default: none.</summary>
    public Type[]? Except { get; set; }
}
