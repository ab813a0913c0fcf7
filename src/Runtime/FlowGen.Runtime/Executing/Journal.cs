using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>The run's log as the executor of one of its flows uses it: what is written is told to people when it is durable, in the same order, and not before (H3).</summary>
internal sealed class Journal
{
    private const long MaxBacklog = 64 * 1024 * 1024;

    private readonly RunLog _log;
    private readonly SerialObserver _observer;
    private readonly Journal _run;
    private readonly TaskAddress[] _path = [];
    private readonly OuterTask? _outer;
    private readonly Lock _lock = new();
    private readonly Queue<(long Sequence, RunRecord Record, OuterTask? Outer)> _untold = new();
    private long _last;
    private bool _isFull;

    public Journal(RunLog log, SerialObserver observer)
    {
        (_log, _observer, _run) = (log, observer, this);
        log.Committed += Tell;
        log.Notice += observer.Notice;
    }

    private Journal(Journal run, OuterTask outer) => (_log, _observer, _run, _outer, _path) = (run._log, run._observer, run, outer, OuterTask.Path(outer));

    /// <summary>The same for the flow that a task is.</summary>
    public Journal Of(OuterTask task) => new(_run, task);

    /// <summary>Waits while too much is not durable yet, so that a store that is slow or away does not fill the memory (H11).</summary>
    public ValueTask WhenNotFullAsync() => Volatile.Read(ref _run._isFull) ? _run.WaitAsync() : default;

    /// <summary>Everything written so far.</summary>
    public long Last => Volatile.Read(ref _run._last);

    public void Append(RunRecord record) => _run.Append(record, _outer, _path);

    /// <summary>Writes records that become durable together or not at all.</summary>
    public void Append(IEnumerable<RunRecord> records) => _run.Append(records, _outer, _path);

    /// <summary>Tells people what an earlier driver of the run has recorded.</summary>
    public void Recall(RunRecord record) => _observer.Tell(_outer is null ? record : Placed(record, _outer));

    public ValueTask WhenCommittedAsync(long sequence, CancellationToken cancel) => _log.WhenCommittedAsync(sequence, cancel);

    private void Append(RunRecord record, OuterTask? outer, TaskAddress[] path)
    {
        lock (_lock)
        {
            _last = _log.Append(Inside(record, path));
            if ((_last & 15) == 0) _isFull = _log.Backlog > MaxBacklog;
            if (record is TaskSucceeded or TaskFailed or AttemptFailed or TasksBlocked or TasksSkipped or DimensionSized) _untold.Enqueue((_last, record, outer));
        }
    }

    private void Append(IEnumerable<RunRecord> records, OuterTask? outer, TaskAddress[] path)
    {
        lock (_lock) _last = _log.Append(records.Select(record => Inside(record, path)));
    }

    private static RunRecord Inside(RunRecord record, TaskAddress[] path)
    {
        for (var i = path.Length - 1; i >= 0; i--) record = new InSubFlow(path[i], record);
        return record;
    }

    private async ValueTask WaitAsync()
    {
        await _log.WhenCommittedAsync(Last, CancellationToken.None).ConfigureAwait(false);
        lock (_lock) _isFull = _log.Backlog > MaxBacklog;
    }

    private void Tell(long committed)
    {
        while (true)
        {
            (long Sequence, RunRecord Record, OuterTask? Outer) next;
            lock (_lock)
            {
                if (!_untold.TryPeek(out next) || next.Sequence > committed) return;
                _untold.Dequeue();
            }

            _observer.Tell(next.Outer is null ? next.Record : Placed(next.Record, next.Outer));
        }
    }

    /// <summary>The record with the whole addresses of its tasks.</summary>
    public static RunRecord Placed(RunRecord record, OuterTask outer) => record switch
    {
        TaskSucceeded r => r with { Task = r.Task with { Outer = outer } },
        TaskFailed r => r with { Task = r.Task with { Outer = outer } },
        AttemptFailed r => r with { Task = r.Task with { Outer = outer } },
        TasksBlocked r => r with { First = r.First with { Outer = outer }, Cause = r.Cause with { Outer = outer } },
        TasksSkipped r => r with { First = r.First with { Outer = outer } },
        DimensionSized r => r with { Outer = outer },
        _ => record,
    };
}
