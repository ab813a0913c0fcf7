using Microsoft.Extensions.Time.Testing;

namespace Runtime.Tests.Executing;

/// <summary>Time that stands still until a test moves it, and tells the test which timers wait.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _due = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource<TimeSpan> Found)> _waits = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _due.Add(dueTime);
            foreach (var (wanted, found) in _waits)
                if (wanted(dueTime)) found.TrySetResult(dueTime);
        }

        return timer;
    }

    /// <summary>Lets time go on in small steps, so that the log can write, until something is done.</summary>
    public async Task AdvanceUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(done, Task.Delay(1));
        }

        await done;
    }

    /// <summary>Waits until a timer in this range is armed, and takes it.</summary>
    public async Task<TimeSpan> ArmedAsync(double minSeconds, double maxSeconds)
    {
        bool Wanted(TimeSpan due) => due.TotalSeconds >= minSeconds && due.TotalSeconds <= maxSeconds;
        Task<TimeSpan> found;
        lock (_lock)
        {
            var position = _due.FindIndex(due => Wanted(due));
            if (position >= 0) found = Task.FromResult(_due[position]);
            else
            {
                var wait = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waits.Add((Wanted, wait));
                found = wait.Task;
            }
        }

        var due = await found.WaitAsync(TimeSpan.FromMinutes(1));
        lock (_lock) _due.Remove(due);
        return due;
    }
}
