namespace FlowGen.Executing;

/// <summary>The timers of a run, kept alive until they fire.</summary>
internal sealed class RunTimers(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Entry> _pending = [];
    private bool _disposed;

    public void Arm(TimeSpan delay, Action due)
    {
        var entry = new Entry(due);
        lock (_lock)
        {
            if (_disposed) return;
            _pending.Add(entry);
            entry.Timer = time.CreateTimer(_ => Fire(entry), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var entry in _pending) entry.Timer?.Dispose();
            _pending.Clear();
        }
    }

    private void Fire(Entry entry)
    {
        lock (_lock)
        {
            if (!_pending.Remove(entry)) return;
            entry.Timer?.Dispose();
        }

        entry.Due();
    }

    private sealed class Entry(Action due)
    {
        public Action Due { get; } = due;
        public ITimer? Timer { get; set; }
    }
}
