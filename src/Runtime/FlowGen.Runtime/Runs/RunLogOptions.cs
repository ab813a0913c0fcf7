namespace FlowGen.Runs;

/// <summary>Times of a run log. The defaults are right; tests and benchmarks change them.</summary>
internal sealed record RunLogOptions
{
    public static RunLogOptions Default { get; } = new();

    /// <summary>How long a store may be unreachable before the driver gives up (H11).</summary>
    public TimeSpan StoreTimeout { get; init; } = StoreRetry.DefaultTimeout;

    /// <summary>A run that ends earlier writes one group, unless somebody waits (M10).</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Least time between groups that nobody waits for: keeps a driver under its budget of requests (H6).</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A group of this size is written whether or not somebody waits.</summary>
    public int MaxGroupBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>A run that ends with as many slots gets an index (M10).</summary>
    public int IndexSlots { get; init; } = 256;

    /// <summary>Where groups are written.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;
}
