namespace FlowGen;

/// <summary>Limits how often attempts of a step start, over all its tasks.</summary>
/// <param name="starts">Starts in any period, 1 to 1,000,000.</param>
/// <param name="period">Length of the period, such as <c>"1s"</c> or <c>"1m"</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RateLimitAttribute(int starts, string period) : Attribute
{
    /// <summary>Starts in any period.</summary>
    public int Starts { get; } = starts;

    /// <summary>Length of the period.</summary>
    public string Period { get; } = period;
}
