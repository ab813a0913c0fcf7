using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>The run's log as the executor uses it: what is written is told to people when it is durable, in the same order, and not before (H3).</summary>
internal sealed class Journal
{
    private const long MaxBacklog = 64 * 1024 * 1024;

    private readonly RunLog _log;
    private readonly SerialObserver _observer;
    private readonly Lock _lock = new();
    private readonly Queue<(long Sequence, RunRecord Record)> _untold = new();
    private long _last;
    private bool _isFull;

    public Journal(RunLog log, SerialObserver observer)
    {
        (_log, _observer) = (log, observer);
        log.Committed += Tell;
        log.Notice += observer.Notice;
    }

    /// <summary>Waits while too much is not durable yet, so that a store that is slow or away does not fill the memory (H11).</summary>
    public ValueTask WhenNotFullAsync() => Volatile.Read(ref _isFull) ? WaitAsync() : default;

    /// <summary>Everything written so far.</summary>
    public long Last => Volatile.Read(ref _last);

    public void Append(RunRecord record)
    {
        lock (_lock)
        {
            _last = _log.Append(record);
            if ((_last & 15) == 0) _isFull = _log.Backlog > MaxBacklog;
            if (record is TaskSucceeded or TaskFailed or AttemptFailed or TasksBlocked or TasksSkipped or DimensionSized) _untold.Enqueue((_last, record));
        }
    }

    public ValueTask WhenCommittedAsync(long sequence, CancellationToken cancel) => _log.WhenCommittedAsync(sequence, cancel);

    private async ValueTask WaitAsync()
    {
        await _log.WhenCommittedAsync(Last, CancellationToken.None).ConfigureAwait(false);
        lock (_lock) _isFull = _log.Backlog > MaxBacklog;
    }

    private void Tell(long committed)
    {
        while (true)
        {
            RunRecord record;
            lock (_lock)
            {
                if (!_untold.TryPeek(out var next) || next.Sequence > committed) return;
                record = _untold.Dequeue().Record;
            }

            _observer.Tell(record);
        }
    }
}
