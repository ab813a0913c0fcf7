using FlowGen.CompilerServices;

namespace FlowGen.Executing.Policies;

/// <summary>The starts of a step in the last period. Not thread-safe.</summary>
internal sealed class RateWindow(RateLimitDefinition limit, TimeProvider time)
{
    private readonly LinkedList<long> _starts = new();

    public void Started() => _starts.AddLast(time.GetTimestamp());

    /// <summary>What was counted last did not start after all.</summary>
    public void TakeBack()
    {
        if (_starts.Count > 0) _starts.RemoveLast();
    }

    /// <summary>How long until another attempt may start; zero for now.</summary>
    public TimeSpan Wait()
    {
        while (_starts.First is { } oldest && time.GetElapsedTime(oldest.Value) >= limit.Period) _starts.RemoveFirst();
        return _starts.Count < limit.Starts ? TimeSpan.Zero : limit.Period - time.GetElapsedTime(_starts.First!.Value);
    }
}
