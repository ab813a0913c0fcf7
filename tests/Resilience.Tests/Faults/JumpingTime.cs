namespace Resilience.Tests.Faults;

/// <summary>A clock that somebody sets again and again: each time it is looked at it may be hours earlier or later than before. What measures durations goes on as it should.</summary>
internal sealed class JumpingTime(int seed) : TimeProvider
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private TimeSpan _shift;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            if (_random.Next(3) == 0) _shift += TimeSpan.FromHours(_random.Next(-30, 31));
            return base.GetUtcNow() + _shift;
        }
    }
}
