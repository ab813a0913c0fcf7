namespace FlowGen;

/// <summary>Limits how long one attempt of a task may take; after that it is cancelled and counts as failed.</summary>
/// <param name="limit">A duration such as <c>"90s"</c>, <c>"10m"</c> or <c>"1h30m"</c>.</param>
/// <remarks>The attempt is told through its <see cref="CancellationToken"/>. Code that does not stop is abandoned: its late result is discarded.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TimeoutAttribute(string limit) : Attribute
{
    /// <summary>The duration given.</summary>
    public string Limit { get; } = limit;
}
