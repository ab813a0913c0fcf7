namespace FlowGen;

/// <summary>Runs a failed task again.</summary>
/// <param name="times">Number of retries after the first attempt, 1 to 100.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RetryAttribute(int times) : Attribute
{
    /// <summary>Number of retries after the first attempt.</summary>
    public int Times { get; } = times;

    /// <summary>Wait before the first retry, such as <c>"500ms"</c>, <c>"10s"</c> or <c>"1m30s"</c>; it doubles with every further retry, up to ten minutes, with up to 25 % of jitter. Default: <c>"1s"</c>.</summary>
    public string? Backoff { get; set; }
}
