using FlowGen.CompilerServices;

namespace FlowGen.Executing.Policies;

/// <summary>The starts of a step in the last period. Not thread-safe.</summary>
internal sealed class RateWindow(RateLimitDefinition limit, TimeProvider time)
{
    private readonly Queue<long> _starts = new();

    public void Started() => _starts.Enqueue(time.GetTimestamp());

    /// <summary>How long until another attempt may start; zero for now.</summary>
    public TimeSpan Wait()
    {
        while (_starts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= limit.Period) _starts.Dequeue();
        return _starts.Count < limit.Starts ? TimeSpan.Zero : limit.Period - time.GetElapsedTime(_starts.Peek());
    }
}
