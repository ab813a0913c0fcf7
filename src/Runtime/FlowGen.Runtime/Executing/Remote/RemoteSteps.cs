using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Runs;

namespace FlowGen.Executing.Remote;

/// <summary>
/// Sends the steps of a run to an engine. Tasks of one step are sent together (<see cref="SliceSizes"/>); what their workers propose is read and handed to whoever waits for it (C2); when a job ends,
/// what it proposed is read once more, what it had begun and not finished is charged to the system, and the rest is sent again free of charge (H5). One loop does all of it.
/// </summary>
internal sealed partial class RemoteSteps : IAsyncDisposable
{
    /// <summary>How long a job may go on that has done its tasks.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    private readonly RemoteOptions _options;
    private readonly RunStore _store;
    private readonly RunKey _run;
    private readonly int _epoch;
    private readonly TimeProvider _time;
    private readonly SliceSizes _sizes;
    private readonly SliceCollector _collector;
    private readonly Lock _lock = new();
    private readonly Alarm _wake;
    private readonly List<SentTask> _waiting = [];
    private readonly Dictionary<string, LiveSlice> _live = [];
    private readonly TaskLosses _losses = new();
    private readonly CancellationTokenSource _disposed = new();
    private Crew? _crew;
    private Task _loop = Task.CompletedTask;
    private long? _unreachableSince;
    private long _listDue;
    private int _next;
    private bool _isStopping, _hasStopped;

    /// <param name="options">Where and how.</param>
    /// <param name="store">The store of the run.</param>
    /// <param name="log">The log of the run.</param>
    /// <param name="time">The clock.</param>
    public RemoteSteps(RemoteOptions options, RunStore store, RunLog log, TimeProvider time)
    {
        (_options, _store, _run, _epoch, _time) = (options, store, log.Run, log.Epoch, time);
        _wake = new Alarm(time, options.Times.Gather);
        _sizes = new SliceSizes(options.SliceWork);
        _collector = new SliceCollector(store.Objects, _run, _sizes);
        foreach (var slice in LiveSlice.Inherited(log, options)) _live.Add(slice.Name, slice);
    }

    /// <summary>How far this driver goes; <c>null</c> if to the end.</summary>
    public DriverTurn? Turn => _options.Turn;

    /// <summary>Whether a step is sent away. What the driver alone can know stays with it: sub-flows themselves, and the steps of those that were given a secret by another step.</summary>
    public static bool Takes(RunScope scope, StepDefinition step) =>
        step is { Inline: false, SubFlow: null } && (scope.Outer is null || scope.Parameters.SecretTexts.All(static text => text is null));

    /// <summary>Begins.</summary>
    /// <param name="crew">Is told when the engine cannot be used.</param>
    public void Start(Crew crew)
    {
        _crew = crew;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Runs an attempt elsewhere.</summary>
    /// <returns>What came of it: a success or a failure; <c>null</c> if the run was stopped.</returns>
    public async Task<ProposedEvent?> RunAsync(RunScope scope, TaskAttempt attempt)
    {
        attempt.IsRecorded = true;
        await scope.Journal.WhenCommittedAsync(attempt.Since, CancellationToken.None).ConfigureAwait(false);
        var inputs = Turn?.Sends(scope.FlowPath, attempt.Step) == false ? [] : await SliceInputs.EncodeAsync(scope.Flow, scope.Artifacts, attempt).ConfigureAwait(false);
        SentTask sent;
        lock (_lock)
        {
            var (isAlone, outOfMemory) = _losses.Of(scope, attempt);
            sent = new SentTask(scope, attempt, inputs, SliceJob.MemoryOf(attempt.Definition.Resources, outOfMemory)) { IsAlone = isAlone || attempt.Definition.Isolated, Since = _time.GetTimestamp() };
            if (!TryAdopt(sent)) _waiting.Add(sent);
        }

        _wake.Ring();
        var outcome = await sent.Outcome.ConfigureAwait(false);
        switch (outcome)
        {
            case ProposedSuccess success: attempt.Ran(success.Started, success.Duration); break;
            case ProposedFailure failure: attempt.Ran(failure.Started, failure.Duration); break;
        }

        if (outcome is not null && !sent.HasBegun) attempt.Executor.Begin(attempt);
        return outcome;
    }

    /// <summary>Stops all jobs: their workers have as long as any step to end.</summary>
    public void Stop()
    {
        lock (_lock) _isStopping = true;
        _wake.Ring();
    }

    /// <summary>The run is over: no job of its steps is needed any more.</summary>
    public async Task EndAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string[] left = [.. _live.Values.Where(slice => !slice.IsSettled).Select(slice => slice.Job)];
        if (left.Length == 0) return;
        try
        {
            await _options.Engine.StopAsync(_run.ToString(), left, CancellationToken.None).AsTask().WaitAsync(LastWords, _time).ConfigureAwait(false);
        }
        catch (Exception e) when (e is EngineUnavailableException or FlowException or TimeoutException)
        {
            _crew!.Notice($"Jobs of the run could not be stopped: {e.Message}");
        }
    }

    /// <summary>Leaves the jobs as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        _wake.Ring();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _options.Engine.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>An attempt that an earlier driver has sent goes on as what it is.</summary>
    private bool TryAdopt(SentTask sent)
    {
        if (sent.Attempt.Open is not { Slice: { } name } open || !_live.TryGetValue(name, out var slice)) return false;
        if (slice.PositionOf(sent.Attempt.Task, open.AttemptId) is not (>= 0 and var position)) return false;
        sent.Attempt.Adopt(open.Attempt, open.AttemptId);
        if (open.IsRunning) sent.HasBegun = true;
        slice.Attach(position, sent);
        return true;
    }

    private async Task LoopAsync()
    {
        try
        {
            while (!_disposed.IsCancellationRequested)
            {
                try
                {
                    await RoundAsync().ConfigureAwait(false);
                    _unreachableSince = null;
                }
                catch (EngineUnavailableException e)
                {
                    if (_unreachableSince is null) _crew!.Notice($"The engine does not answer: {e.Message} It is asked again until it does.");
                    _unreachableSince ??= _time.GetTimestamp();
                    if (_time.GetElapsedTime(_unreachableSince.Value) > _options.Times.Unreachable)
                    {
                        _crew!.HandOver($"The engine could not be reached for {_options.Times.Unreachable.TotalMinutes:0} minutes, so this driver steps down: {e.Message}");
                        return;
                    }
                }

                await PauseAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Somebody else drives the run, or it is over.
        }
#pragma warning disable CA1031 // Ends the run, with its reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _crew!.Fault(e);
        }
    }

    private async Task PauseAsync()
    {
        TimeSpan pause;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            var due = _live.Values.Where(slice => slice.Scope is not null).Select(slice => slice.Due).DefaultIfEmpty(long.MaxValue).Min();
            if (_live.Count > 0) due = Math.Min(due, _listDue);
            if (_waiting.Count > 0) due = Math.Min(due, now + Ticks(_options.Times.Gather));
            pause = due == long.MaxValue ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(Math.Max(0.005, (due - now) / (double)_time.TimestampFrequency));
        }

        await _wake.WaitAsync(pause, _disposed.Token).ConfigureAwait(false);
    }

    private async Task RoundAsync()
    {
        var stop = _disposed.Token;
        if (Turn is not null)
        {
            await TurnAsync(stop).ConfigureAwait(false);
            return;
        }

        if (_isStopping) await StopJobsAsync(stop).ConfigureAwait(false);
        else await SendAsync(stop).ConfigureAwait(false);
        await ReadAsync(stop).ConfigureAwait(false);
        if (_time.GetTimestamp() >= _listDue) await WatchAsync(stop).ConfigureAwait(false);
    }

    private async Task SendAsync(CancellationToken stop)
    {
        var formed = new List<LiveSlice>();
        while (Form() is { } slice)
        {
            formed.Add(slice);
            await SliceCodec.PutAsync(_store, _run, slice.Name, SliceJob.ContentOf(slice, _options.OrphanTimeout), stop).ConfigureAwait(false);
            slice.Scope!.Journal.Append(new SliceDispatched(slice.Name, slice.Job, _time.GetUtcNow(), [.. slice.Tasks]));
        }

        // Durable before the engine is called (H4).
        if (formed.Count > 0) await formed[0].Scope!.Journal.WhenCommittedAsync(formed[0].Scope!.Journal.Last, stop).ConfigureAwait(false);
        LiveSlice[] asked;
        lock (_lock) asked = [.. _live.Values.Where(slice => slice.Request is not null)];
        if (asked.Length == 0) return;
        try
        {
            await _options.Engine.StartAsync([.. asked.Select(slice => slice.Request!)], stop).ConfigureAwait(false);
            var now = _time.GetTimestamp();
            foreach (var slice in asked) (slice.Request, slice.AskedAt, slice.Due) = (null, now, now + Ticks(slice.Pause));
        }
        catch (FlowException e) when (e.ExitCode != Storage.StoreErrors.ExitCode)
        {
            // It will refuse them again.
            foreach (var slice in asked) End(slice, new JobReport(JobPhase.Lost, JobEnd.CannotStart, Reason: e.Message));
        }
    }

    /// <summary>Takes tasks that wait and makes a slice of them; <c>null</c> if none can be sent now.</summary>
    private LiveSlice? Form()
    {
        lock (_lock)
        {
            var free = _options.MaxJobs - _live.Values.Count(slice => !slice.IsSettled);
            if (Turn is null && free <= 0) return null;
            var now = _time.GetTimestamp();
            foreach (var group in _waiting.GroupBy(sent => sent.Kind))
            {
                var first = group.First();
                if (Turn?.Sends(first.Scope.FlowPath, first.Attempt.Step) == false) continue;
                var live = _live.Values.Where(slice => slice.Scope?.Prefix == group.Key.Prefix && slice.Tasks[0].Task.Step == group.Key.Step).ToList();
                var count = group.Count();
                var size = Turn is not null ? _sizes.Share(first.Scope.FlowPath, group.Key.Step, count, _options.MaxJobs - live.Count(slice => slice.Request is not null)) : _sizes.Next(first.Scope.FlowPath, group.Key.Step, count, free, live.Count(slice => !slice.IsSettled),
                    live.Select(slice => slice.LongestRunning(_time.GetUtcNow())).DefaultIfEmpty().Max(), _time.GetElapsedTime(first.Since, now), _options.Times.Probe);
                if (size == 0) continue;
                List<SentTask> taken = first.IsAlone ? [first] : [.. group.Where(sent => !sent.IsAlone).Take(size)];
                var chosen = taken.ToHashSet();
                _waiting.RemoveAll(chosen.Contains);
                var name = SliceName.Of(_epoch, _next++);
                var slice = new LiveSlice(name, SliceName.JobOf(_run, name), [.. taken.Select(sent => new DispatchedTask(sent.Attempt.Task, sent.Attempt.Attempt, sent.Attempt.Id))]) { Pause = _options.Times.FirstPoll };
                for (var i = 0; i < taken.Count; i++) slice.Attach(i, taken[i]);
                slice.Request = SliceJob.RequestOf(_run, slice, taken);
                _live.Add(name, slice);
                return slice;
            }

            return null;
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        LiveSlice[] due;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            due = [.. _live.Values.Where(slice => slice.Scope is not null && slice.Request is null && slice.Due <= now).OrderBy(slice => slice.Due)];
        }

        foreach (var slice in due)
        {
            var isNews = await _collector.ReadAsync(slice, isLast: false, stop).ConfigureAwait(false);
            slice.Pause = isNews ? _options.Times.FirstPoll : TimeSpan.FromTicks(Math.Min(slice.Pause.Ticks * 3 / 2, _options.Times.LongestPoll.Ticks));
            slice.Due = _time.GetTimestamp() + Ticks(slice.Pause);
            if (slice.IsSettled) slice.SettledAt ??= _time.GetTimestamp();
        }
    }

    /// <summary>Asks the engine for all jobs of the run: what has ended is settled, and what nobody needs is stopped.</summary>
    private async Task WatchAsync(CancellationToken stop)
    {
        LiveSlice[] live;
        lock (_lock) live = [.. _live.Values.Where(slice => slice.Request is null)];
        var jobs = await _options.Engine.ListAsync(_run.ToString(), stop).ConfigureAwait(false);
        _listDue = _time.GetTimestamp() + Ticks(_options.Times.List);
        foreach (var slice in live)
        {
            var report = jobs.GetValueOrDefault(slice.Job);
            if (report is null && !slice.HasAppeared && slice.AskedAt is { } asked && _time.GetElapsedTime(asked) < _options.Times.Appear) continue;
            slice.Report = report;
            // One that has done its work may need a moment to close what it has opened.
            if (report is { HasEnded: false } && !(slice.SettledAt is { } since && _time.GetElapsedTime(since) > LastWords)) continue;
            // Nobody waits for it yet: it is told when one of its tasks is due again.
            if (slice.Scope is null) continue;
            await _collector.ReadAsync(slice, isLast: true, stop).ConfigureAwait(false);
            End(slice, report, slice.IsSettled || report is null ? null : await _options.Engine.ReadConsoleAsync(_run.ToString(), slice.Job, stop).ConfigureAwait(false));
        }

        string[] needless;
        lock (_lock)
        {
            var needed = _live.Values.Select(slice => slice.Job).ToHashSet();
            needless = [.. jobs.Where(job => !job.Value.HasEnded && !needed.Contains(job.Key) && job.Key != SliceName.DriverOf(_run)).Select(job => job.Key)];
        }

        if (needless.Length > 0) await _options.Engine.StopAsync(_run.ToString(), needless, stop).ConfigureAwait(false);
    }

    /// <summary>The job is over and all that it proposed is known: what it did not do is charged to the system if it had begun, and otherwise sent again.</summary>
    private void End(LiveSlice slice, JobReport? report, string? console = null)
    {
        var why = JobVerdict.Why(report);
        var isWhole = slice.IsSettled;
        lock (_lock)
        {
            _live.Remove(slice.Name);
            slice.Scope!.Journal.Append(new SliceEnded(slice.Name, _time.GetUtcNow(), isWhole ? null : why ?? "its worker ended before all was done", report?.Place, report?.EngineId));
            for (var position = 0; position < slice.Tasks.Length; position++)
            {
                if (slice.HasOutcome(position) || slice.At(position) is not { } sent) continue;
                if (_isStopping)
                {
                    sent.Settle(null);
                    continue;
                }

                var hasBegun = slice.StartOf(position) is not null;
                if (!hasBegun && report?.End != JobEnd.CannotStart && ++sent.FreeLosses < TaskLosses.MostFree)
                {
                    sent.Attempt.Renew();
                    sent.Since = _time.GetTimestamp();
                    _waiting.Add(sent);
                    continue;
                }

                var error = _losses.Charge(sent, slice.Job, hasBegun, report, console);
                var at = slice.StartOf(position) ?? _time.GetUtcNow();
                var lasted = _time.GetUtcNow() - at;
                sent.Settle(new ProposedFailure(position, at, lasted > TimeSpan.Zero ? lasted : TimeSpan.Zero, error, IsForGood: report?.End == JobEnd.CannotStart || Turn is not null && error.Type == TaskError.Lost, null));
            }
        }
    }

    private async Task StopJobsAsync(CancellationToken stop)
    {
        LiveSlice[] asked;
        lock (_lock)
        {
            foreach (var sent in _waiting) sent.Settle(null);
            _waiting.Clear();
            asked = _hasStopped ? [] : [.. _live.Values];
            _hasStopped = true;
            foreach (var slice in asked.Where(slice => slice.Request is not null))
            {
                slice.Request = null;
                for (var position = 0; position < slice.Tasks.Length; position++) slice.At(position)?.Settle(null);
            }
        }

        if (asked.Length == 0) return;
        await _options.Engine.StopAsync(_run.ToString(), [.. asked.Select(slice => slice.Job)], stop).ConfigureAwait(false);
        _listDue = 0;
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
