using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// The log of a run as its one driver writes it (C1): slots put if absent, one at a time, the next only after the last is acknowledged. Records wait in memory and are
/// written in groups; the order in which they were appended is the order in which they become durable. A driver whose slot is refused has been replaced: it is fenced,
/// and nothing it does from then on counts. Members are safe to call from any thread.
/// </summary>
internal sealed class RunLog : IAsyncDisposable
{
    private readonly RunStore _store;
    private readonly TimeProvider _time;
    private readonly RunLogOptions _options;
    private readonly StoreRetry _retry;
    private readonly Guid _writer;
    private readonly Heartbeat _heartbeat;
    private readonly DriverMerging _merging;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _left = new();
    private readonly Task _loop;

    private readonly Lock _lock = new();
    private readonly Queue<LogGroup> _full = [];
    private readonly PriorityQueue<TaskCompletionSource, long> _waiters = new();
    private LogGroup _open = new();
    private long _appended, _committed, _wanted;
    private long _notBefore;
    private bool _awake, _closing;
    private int _next;

    private RunLog(RunStore store, RunManifest manifest, Guid writer, int epoch, int next, TimeProvider time, RunLogOptions options)
    {
        (_store, _time, _options, _writer, _next) = (store, time, options, writer, next);
        (Manifest, Epoch) = (manifest, epoch);
        _retry = new StoreRetry(time, options.StoreTimeout, text => Notice?.Invoke(text));
        _notBefore = time.GetTimestamp() + Ticks(epoch == 0 ? options.Quiet : TimeSpan.Zero);
        _timer = time.CreateTimer(static log => ((RunLog)log!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        store.Artifacts.StoreTimeout = options.StoreTimeout;
        // Who takes over declares what the run declared first: others may hold references for it.
        Generation = new DriverGeneration(store, manifest, epoch == 0 ? store.Generation.Number : manifest.Generation);
        _heartbeat = new Heartbeat(store.Objects, Run, epoch, AdvanceAsync, store.Driver, time, options.Quiet);
        _merging = new DriverMerging(new LogMerger(store.Objects, Run), options.Scheduler);
        OpenDrivers.Add(writer);
        _loop = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.None, options.Scheduler).Unwrap();
    }

    public RunManifest Manifest { get; }

    public RunKey Run => Manifest.Run;

    /// <summary>0 for the driver that began the run; one more for each that took it over.</summary>
    public int Epoch { get; }

    /// <summary>What was in the log when this driver took the run over; <c>null</c> if it began it.</summary>
    public RunState? Inherited { get; private init; }

    /// <summary>Everything up to this number is durable; called in order, one call at a time, before whoever waits for it goes on.</summary>
    public Action<long>? Committed { get; set; }

    /// <summary>Told when the store cannot be reached, and when it can be again.</summary>
    public Action<string>? Notice { get; set; }

    /// <summary>Cancelled when the log can never be written again: stop, start nothing. <see cref="Failure"/> says why.</summary>
    public CancellationToken Lost => _lost.Token;

    public FlowException? Failure { get; private set; }

    /// <summary>What the driver declares to collections (C5).</summary>
    public DriverGeneration Generation { get; }

    /// <summary>
    /// Does something if no attempt runs, and while none can start; says whether it did. Without it the run stays in its generation.
    /// </summary>
    public Func<Func<bool>, bool>? WhileNothingRuns { get; set; }

    /// <summary>Bytes that are not durable yet. A driver should start nothing new while there are many (H11).</summary>
    public long Backlog
    {
        get { lock (_lock) return _open.Bytes + _full.Sum(g => g.Bytes); }
    }

    /// <summary>Registers a run: slot 0 is durable when this returns.</summary>
    public static async ValueTask<RunLog> CreateAsync(RunStore store, RunManifest manifest, TimeProvider time, CancellationToken cancel, RunLogOptions? options = null)
    {
        var writer = Guid.NewGuid();
        manifest = manifest with { Generation = (await store.Generations.NewestAsync(cancel)).Number };
        var group = new LogGroup();
        group.Add(new RunRegistered(manifest), 0);
        group.Add(new EpochStarted(0, store.Driver, time.GetUtcNow()), 0);
        if (!await PutSlotAsync(store, manifest.Run, 0, group.Freeze(0, 0, writer, []), options, time, cancel))
            throw new FlowException(StoreErrors.Fenced, $"There is a run {manifest.Run} in the store {store.Objects.Location} already. Start again.", StoreErrors.ExitCode);
        // Again, now that collections see the run: what one did that did not see it is known from here on.
        store.Enter(await store.Generations.NewestAsync(cancel));
        return new RunLog(store, manifest, writer, epoch: 0, next: 1, time, options ?? RunLogOptions.Default);
    }

    /// <summary>Becomes the driver of a run that was left open. Does not ask whether its driver is alive: two that think they own it cannot do harm, one of them is fenced.</summary>
    /// <exception cref="FlowException">The run is closed, or somebody else took it over at the same time.</exception>
    public static async ValueTask<RunLog> TakeOverAsync(RunStore store, RunKey run, TimeProvider time, CancellationToken cancel, RunLogOptions? options = null)
    {
        var before = await store.ReplayAsync(run, cancel);
        if (before.End is { } end) throw RunErrors.Closed(run, end);
        var writer = Guid.NewGuid();
        var slot = before.Slots;
        var group = new LogGroup();
        group.Add(new EpochStarted(before.Epoch!.Epoch + 1, store.Driver, time.GetUtcNow()), 0);
        if (!await PutSlotAsync(store, run, slot, group.Freeze(slot, before.Epoch.Epoch + 1, writer, []), options, time, cancel)) throw Fenced(store, run);

        // Only now is it sure: anything beyond our slot means that the run went on without us, somewhere where its slots could be removed and ours put again (C6).
        if (await store.Reader.LastSlotAsync(run, slot + 1, cancel) is not null || await store.Objects.SizeAsync(IndexKeys.Header(run), cancel) is not null) throw Fenced(store, run);
        var after = await store.ReplayAsync(run, cancel);
        if (after.Slots != slot + 1) throw Fenced(store, run);
        store.Enter(await store.Generations.NewestAsync(cancel));
        return new RunLog(store, after.Manifest!, writer, after.Epoch!.Epoch, after.Slots, time, options ?? RunLogOptions.Default) { Inherited = after.Build(RunStatus.Running) };
    }

    /// <summary>Adds a record and gives its number, which grows by one each time. Nothing is added once the log is lost or closed.</summary>
    public long Append(RunRecord record)
    {
        lock (_lock)
        {
            if (_closing || Failure is not null) return _appended;
            return AppendLocked(record);
        }
    }

    /// <summary>Adds records that become durable together or not at all, and gives the number of the last. Together they must be small.</summary>
    public long Append(IEnumerable<RunRecord> records)
    {
        lock (_lock)
        {
            if (_closing || Failure is not null) return _appended;
            RotateLocked();
            foreach (var record in records) AddLocked(record);
            return _appended;
        }
    }

    /// <summary>Waits until a record is durable, and has it written without delay.</summary>
    /// <exception cref="FlowException">The log is lost.</exception>
    public async ValueTask WhenCommittedAsync(long sequence, CancellationToken cancel)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (sequence <= _committed) return;
            if (Failure is { } failure) throw failure;
            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Enqueue(waiter, sequence);
            _wanted = Math.Max(_wanted, sequence);
        }
        Wake();
        await waiter.Task.WaitAsync(cancel);
    }

    /// <summary>Hands the run over: everything that was appended is durable when this returns, and another driver may take it at once (C7).</summary>
    /// <exception cref="FlowException">The log is lost.</exception>
    public async ValueTask ReleaseAsync()
    {
        await AppendLastAsync(new RunReleased(_time.GetUtcNow()));
        await DisposeAsync();
    }

    /// <summary>Closes the run for ever. Durable, with all before it, when this returns.</summary>
    /// <exception cref="FlowException">The log is lost; the run stays open.</exception>
    public async ValueTask FinishAsync(RunFinished end)
    {
        await AppendLastAsync(end);
        await DisposeAsync();
        if (_next >= _options.IndexSlots) await IndexAsync();
    }

    private async ValueTask AppendLastAsync(RunRecord record)
    {
        long last;
        lock (_lock)
        {
            if (Failure is { } failure) throw failure;
            if (_closing) throw new InvalidOperationException("The run is finished already.");
            last = AppendLocked(record);
            _closing = true;
        }
        _heartbeat.Dispose();
        await WhenCommittedAsync(last, CancellationToken.None);
    }

    /// <summary>The run is closed and durable without an index, so a store that fails now is nobody's error.</summary>
    private async ValueTask IndexAsync()
    {
        try
        {
            await new RunIndex(_store.Objects).WriteAsync(Run, CancellationToken.None);
        }
        catch (FlowException e)
        {
            Notice?.Invoke($"The run is finished, but no index of it could be written: {e.Message}");
        }
    }

    /// <summary>Stops without closing the run: what was appended and not awaited is lost, and somebody may take the run over.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (!_closing) _full.Clear();
            _closing = true;
            Failure ??= _appended == _committed ? null : new FlowException(StoreErrors.Failed, $"The log of run {Run} was left before it was written.", StoreErrors.ExitCode);
            if (Failure is not null) _open = new LogGroup();
        }
        _heartbeat.Dispose();
        if (Failure is not null) await _left.CancelAsync(); // nobody waits out an outage for a log that is left
        Wake();
        await _loop;
        await _merging.DisposeAsync();
        await _timer.DisposeAsync();
        OpenDrivers.Remove(_writer);
    }

    private async ValueTask<int> AdvanceAsync()
    {
        try
        {
            if (WhileNothingRuns is { } whileNothingRuns) await Generation.AdvanceAsync(move => whileNothingRuns(() => TryWhileDurable(move)), CancellationToken.None);
        }
        catch (FlowException)
        {
            // A driver that cannot ask is alive all the same; it stays where it is.
        }

        return Generation.Declared;
    }

    /// <summary>Does something if everything appended is durable.</summary>
    private bool TryWhileDurable(Action action)
    {
        lock (_lock)
        {
            if (_appended != _committed || _closing || Failure is not null) return false;
            action();
            return true;
        }
    }

    private long AppendLocked(RunRecord record)
    {
        RotateLocked();
        return AddLocked(record);
    }

    private void RotateLocked()
    {
        if (_open.Bytes < _options.MaxGroupBytes) return;
        _full.Enqueue(_open);
        _open = new LogGroup();
    }

    private long AddLocked(RunRecord record)
    {
        _open.Add(record, ++_appended);
        if (_open.Count == 1 && _full.Count == 0) ScheduleLocked();
        else if (_open.Bytes >= _options.MaxGroupBytes) WakeLocked();
        return _appended;
    }

    /// <summary>A first record waits: for its time, if it has not come.</summary>
    private void ScheduleLocked()
    {
        var left = _notBefore - _time.GetTimestamp();
        if (left <= 0) WakeLocked();
        else _timer.Change(TimeSpan.FromSeconds((double)left / _time.TimestampFrequency) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        lock (_lock) WakeLocked();
    }

    private void WakeLocked()
    {
        if (_awake) return;
        _awake = true;
        _wake.Release();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync();
                lock (_lock) _awake = false;
                while (TakeDue() is { } group) await WriteAsync(group);
                lock (_lock)
                {
                    if (_closing && _open.Count == 0 && _full.Count == 0) return;
                    if (_open.Count > 0) ScheduleLocked();
                }
            }
        }
        catch (FlowException e)
        {
            Fail(e);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            Fail(Failure!);
        }
        catch (Exception e)
        {
            Fail(new FlowException(StoreErrors.Failed, $"The log of run {Run} cannot be written: {e.Message}", StoreErrors.ExitCode, e));
        }
    }

    private LogGroup? TakeDue()
    {
        lock (_lock)
        {
            if (_full.TryDequeue(out var full)) return full;
            if (_open.Count == 0) return null;
            if (!_closing && _wanted < _open.First && _open.Bytes < _options.MaxGroupBytes && _time.GetTimestamp() < _notBefore) return null;
            var group = _open;
            _open = new LogGroup();
            return group;
        }
    }

    private async Task WriteAsync(LogGroup group)
    {
        lock (_lock) _notBefore = Math.Max(_notBefore, _time.GetTimestamp() + Ticks(_options.Interval));
        var packs = await _store.Artifacts.PutPacksAsync(group.Packs, _left.Token);
        var content = group.Freeze(_next, Epoch, _writer, packs);
        if (!await PutSlotAsync(_store, Run, _next, content, _retry, _left.Token)) throw Fenced(_store, Run);
        _merging.Add(_next++, content);
        group.Packs.Release(packs);
        Committed?.Invoke(group.Last);
        List<TaskCompletionSource> done = [];
        lock (_lock)
        {
            _committed = group.Last;
            while (_waiters.TryPeek(out var waiter, out var sequence) && sequence <= _committed)
            {
                done.Add(waiter);
                _waiters.Dequeue();
            }
        }
        foreach (var waiter in done) waiter.TrySetResult();
    }

    private void Fail(FlowException e)
    {
        List<TaskCompletionSource> waiters = [];
        lock (_lock)
        {
            Failure = e;
            _open = new LogGroup();
            _full.Clear();
            while (_waiters.TryDequeue(out var waiter, out _)) waiters.Add(waiter);
        }
        _heartbeat.Dispose();
        OpenDrivers.Remove(_writer);
        _lost.Cancel();
        foreach (var waiter in waiters) waiter.TrySetException(e);
    }

    private static ValueTask<bool> PutSlotAsync(RunStore store, RunKey run, int number, byte[] content, RunLogOptions? options, TimeProvider time, CancellationToken cancel) =>
        PutSlotAsync(store, run, number, content, new StoreRetry(time, (options ?? RunLogOptions.Default).StoreTimeout), cancel);

    /// <summary>The bytes are the same at every try (C3), so an earlier try that arrives late cannot surprise anybody.</summary>
    private static async ValueTask<bool> PutSlotAsync(RunStore store, RunKey run, int number, byte[] content, StoreRetry retry, CancellationToken cancel)
    {
        var framed = Envelope.Wrap(ObjectKind.Slot, content);
        return await retry.RunAsync(() => store.Objects.PutIfAbsentAsync(LogSlot.Key(run, number), framed, cancel), cancel) == PutOutcome.Stored;
    }

    private static FlowException Fenced(RunStore store, RunKey run) => new(StoreErrors.Fenced,
        $"Another process has taken over the run {run} in the store {store.Objects.Location}. This one stops; what it had not recorded is not part of the run.", StoreErrors.ExitCode);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
