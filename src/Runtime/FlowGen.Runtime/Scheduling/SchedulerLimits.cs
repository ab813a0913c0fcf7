namespace FlowGen.Scheduling;

/// <summary>What a run may do at most.</summary>
/// <param name="MaxParallel">Attempts at the same time, those abandoned after a timeout included.</param>
/// <param name="FailFast">Start nothing new once a task failed for good.</param>
internal sealed record SchedulerLimits(int MaxParallel, bool FailFast = false)
{
    /// <summary>Sub-flows that may be open at the same time, at each depth: enough to fill all slots although some wait.</summary>
    public int MaxOpen { get; init; } = 2 * MaxParallel;

    /// <summary>Thousandths of cores that the steps which say what they need may use together.</summary>
    public long MilliCpus { get; init; } = long.MaxValue;

    /// <summary>Bytes of memory that they may use together.</summary>
    public long Memory { get; init; } = long.MaxValue;
}
