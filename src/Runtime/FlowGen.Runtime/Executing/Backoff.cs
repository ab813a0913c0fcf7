using FlowGen.CompilerServices;

namespace FlowGen.Executing;

/// <summary>How long a task waits before it is tried again.</summary>
internal static class Backoff
{
    /// <summary>Doubles with every attempt, at most the policy's longest wait, then a quarter more or less, so that tasks that failed together do not come back together.</summary>
    /// <param name="policy">The step's policy.</param>
    /// <param name="failed">Attempts that failed so far, from 1.</param>
    /// <param name="chance">From 0 to 1, drawn at random.</param>
    public static TimeSpan After(RetryPolicy policy, int failed, double chance)
    {
        var ticks = Math.Min(policy.Backoff.Ticks * Math.Pow(2, failed - 1), policy.MaxBackoff.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (0.75 + chance / 2)));
    }
}
