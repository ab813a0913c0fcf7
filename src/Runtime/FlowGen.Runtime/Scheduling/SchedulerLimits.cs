namespace FlowGen.Scheduling;

/// <summary>What a run may do at most.</summary>
/// <param name="MaxParallel">Attempts at the same time, those abandoned after a timeout included.</param>
/// <param name="FailFast">Start nothing new once a task failed for good.</param>
internal sealed record SchedulerLimits(int MaxParallel, bool FailFast = false);
