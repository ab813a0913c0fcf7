using System.Collections.Concurrent;
using FlowGen.CompilerServices;
using FlowGen.Executing.Driving;
using FlowGen.Executing.Remote;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>
/// The workers of a run in this process, which the run's own flow and the sub-flows that are open share. A worker takes a task, runs it, and under one lock reports its end, obeys the scheduler and
/// takes the next task, so a task costs no hand-over between threads. A worker that finds more to do than it can take brings up another, up to the limit; one that finds nothing ends.
/// </summary>
internal sealed class Crew(RunScope run, SchedulerLimits limits, Func<double> chance) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Each sub-flow before the flow that it is in, and those of one flow in the order in which they were opened: what was begun is finished first.</summary>
    private readonly List<Executor> _open = [];
    private readonly ConcurrentDictionary<FlowDefinition, FlowFacts> _facts = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<RunStatus> _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _here = new(Environment.ProcessorCount);
    private readonly List<long> _due = [];
    private int _workers, _opened;
    private bool _isDraining, _isLeft;

    /// <summary>Guards the executors, their schedulers and what they share.</summary>
    public Lock Lock { get; } = new();

    public RunBudget Budget { get; } = new(limits);

    public RunTimers Timers { get; } = new(run.Time);

    public Func<double> Chance => chance;

    /// <summary>What follows from the definition of a flow.</summary>
    public FlowFacts FactsOf(FlowDefinition flow) => _facts.GetOrAdd(flow, static (flow, run) => FlowFacts.Of(run.Remote?.Turn is null ? flow : DriverTurn.Unlimited(flow), run.CachesAll, run.Remote is not null), run);

    /// <summary>The run was stopped.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Runs everything that can run.</summary>
    /// <param name="root">The run's own flow.</param>
    /// <param name="grace">How long running steps get once <paramref name="stop"/> is cancelled.</param>
    /// <param name="stop">Starts nothing more; running steps get their cancellation tokens.</param>
    /// <param name="abort">Waits for nothing any more.</param>
    /// <exception cref="FlowException">The store cannot be used.</exception>
    public async Task<RunStatus> RunAsync(Executor root, TimeSpan grace, CancellationToken stop, CancellationToken abort)
    {
        using var tick = run.Time.CreateTimer(_ => Guard(Tick), null, Second, Second);
        using var stopping = stop.Register(() => Stop(grace));
        using var aborting = abort.Register(() =>
        {
            Abandon();
            _cut.TrySetResult(RunStatus.Cancelled);
        });
        // A run that is stopped already starts nothing.
        Enter(root);
        var ended = await Task.WhenAny(_cut.Task, root.Ended).ConfigureAwait(false);
        // What cuts the run off also stops it, and that may be heard of first: it is not the reason.
        var status = await (_cut.Task.IsCompleted ? _cut.Task : ended).ConfigureAwait(false);
        run.Echo.Drain();
        return status;
    }

    /// <summary>Lets the tasks of a flow start.</summary>
    public void Enter(Executor flow)
    {
        lock (Lock)
        {
            _open.Insert(flow.Parent is null ? _open.Count : _open.IndexOf(flow.Parent), flow);
            Budget.Enter(flow.Core);
            flow.Core.Review();
            if (Budget.IsDraining || _stop.IsCancellationRequested) flow.Drain(isStopped: _stop.IsCancellationRequested);
            BringUpWorkers();
        }
    }

    /// <summary>A flow is over.</summary>
    public void Leave(Executor flow)
    {
        lock (Lock)
        {
            _open.Remove(flow);
            Budget.Leave(flow.Core);
        }
    }

    /// <summary>Does something if no task runs and no sub-flow is open, and while none can start; says whether it did.</summary>
    public bool TryWhileNothingRuns(Func<bool> action)
    {
        // Attempts elsewhere may have put what no log names yet, and hold no worker here.
        lock (Lock) return run.Remote is null && _workers == 0 && _open.Count <= 1 && action();
    }

    /// <summary>Whether nothing new starts because something failed.</summary>
    public bool IsDraining
    {
        get { lock (Lock) return Budget.IsDraining || _open.Any(static flow => flow.Core.IsDraining); }
    }

    /// <summary>Of a driver's turn, how long the first of its tasks that has to wait has to do so; <c>null</c> if none has to.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (Lock) return _due.Count == 0 ? null : TimeSpan.FromSeconds(Math.Max(0, (_due.Min() - run.Time.GetTimestamp()) / (double)run.Time.TimestampFrequency));
        }
    }

    /// <summary>Whether it has begun, and nothing goes on in this process nor can start; whoever asks holds the lock.</summary>
    /// <param name="away">Attempts that wait for jobs.</param>
    public bool IsQuiet(int away) => _open.Count > 0 && _workers == 0 && Next() is null && _opened - _open.Count(static flow => flow.Parent is not null && !flow.Core.Finished) == away;

    /// <summary>Does something about a task when its time has come. Whoever calls holds the lock.</summary>
    public void Arm(Executor flow, int step, TimeSpan delay, Action action)
    {
        if (run.Remote?.Turn?.Sends(flow.Scope.FlowPath, flow.Scope.Flow.Steps[step].Name) != true)
        {
            Timers.Arm(delay, () => Guard(action));
            return;
        }

        var due = run.Time.GetTimestamp() + (long)(delay.TotalSeconds * run.Time.TimestampFrequency);
        _due.Add(due);
        Timers.Arm(delay, () => Guard(() =>
        {
            action();
            lock (Lock) _due.Remove(due);
        }));
    }

    /// <summary>The run cannot go on: nobody waits for anything any more.</summary>
    public void Fault(Exception e)
    {
        _cut.TrySetException(e);
        Stop(TimeSpan.Zero);
    }

    /// <summary>Tells people something.</summary>
    public void Notice(string text) => run.Observer.Notice(text);

    /// <summary>Somebody else drives the run from here on: nothing starts, nobody waits, and nothing of that is an outcome.</summary>
    public void HandOver(string why)
    {
        lock (Lock) _isLeft = true;
        _cut.TrySetException(new RunHandedOver(why));
        _ = _stop.CancelAsync();
    }

    /// <summary>What goes wrong on a timer must end the run, not the process.</summary>
    public void Guard(Action onTimer)
    {
        try
        {
            onTimer();
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    /// <summary>One is enough: it brings up the next as long as there is work.</summary>
    public void BringUpWorkers()
    {
        if (_workers >= (run.Remote is null ? limits.MaxParallel : 1) || Next() is null) return;
        _workers++;
        ThreadPool.UnsafeQueueUserWorkItem(static crew => _ = crew.WorkAsync(), this, preferLocal: false);
    }

    public void Dispose()
    {
        Timers.Dispose();
        _ = _stop.CancelAsync();
    }

    private Executor? Next()
    {
        if (_isLeft) return null;
        foreach (var flow in _open)
            if (flow.Core.HasStartable) return flow;
        return null;
    }

    private async Task WorkAsync()
    {
        try
        {
            for (var attempt = Next(null, default); attempt is not null;)
            {
                var result = await RunAsync(attempt).ConfigureAwait(false);
                await run.Journal.WhenNotFullAsync().ConfigureAwait(false);
                attempt = Next(attempt, result);
            }
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    /// <summary>A task that is a flow, or runs elsewhere: it takes no worker meanwhile. Of a run on an engine the only worker just hands out tasks; those that run here have slots of their own.</summary>
    private async Task OpenAsync(TaskAttempt attempt)
    {
        try
        {
            var result = await RunAsync(attempt).ConfigureAwait(false);
            lock (Lock)
            {
                End(attempt, result);
                _opened--;
                BringUpWorkers();
            }
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    private async ValueTask<AttemptResult> RunAsync(TaskAttempt attempt)
    {
        var flow = attempt.Executor;
        if (await flow.RecallAsync(attempt).ConfigureAwait(false) is { } recalled) return recalled;
        if (await flow.Finder.IdentifyAsync(attempt).ConfigureAwait(false) && await flow.ReuseAsync(attempt).ConfigureAwait(false) is { } reused) return reused;
        if (run.Remote is not null && RemoteSteps.Takes(flow.Scope, attempt.Definition))
        {
            var outcome = await flow.Runner.RunAsync(attempt, Stopped).ConfigureAwait(false);
            flow.Finish(attempt, outcome);
            return outcome;
        }

        if (run.Remote is null || attempt.Definition.SubFlow is not null) return await RunHereAsync(flow, attempt).ConfigureAwait(false);
        await _here.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await RunHereAsync(flow, attempt).ConfigureAwait(false);
        }
        finally
        {
            _here.Release();
        }
    }

    private async ValueTask<AttemptResult> RunHereAsync(Executor flow, TaskAttempt attempt)
    {
        if (run.StartsDurably && attempt.Definition.SubFlow is null)
        {
            flow.RecordStart(attempt);
            await run.Journal.WhenCommittedAsync(run.Journal.Last, CancellationToken.None).ConfigureAwait(false);
        }

        flow.Begin(attempt);
        var result = await flow.Runner.RunAsync(attempt, Stopped).ConfigureAwait(false);
        flow.Finish(attempt, result);
        return result;
    }

    /// <summary>Reports the end of an attempt and takes the next task.</summary>
    private TaskAttempt? Next(TaskAttempt? ended, in AttemptResult result)
    {
        lock (Lock)
        {
            if (ended is not null) End(ended, result);
            while (Next() is { } flow)
            {
                var attempt = flow.Take();
                BringUpWorkers();
                if (attempt.Definition.SubFlow is null && run.Remote is null) return attempt;
                _opened++;
                ThreadPool.UnsafeQueueUserWorkItem(static open => _ = open.Crew.OpenAsync(open.Attempt), (Crew: this, Attempt: attempt), preferLocal: false);
            }

            _workers--;
            return null;
        }
    }

    private void End(TaskAttempt attempt, in AttemptResult result)
    {
        attempt.Executor.End(attempt, result);
        if (_isDraining || !Budget.IsDraining) return;
        _isDraining = true;
        foreach (var flow in _open.ToArray()) flow.Drain(isStopped: false);
    }

    private void Stop(TimeSpan grace)
    {
        lock (Lock)
        {
            foreach (var flow in _open.ToArray()) flow.Stop();
        }

        _ = _stop.CancelAsync();
        run.Remote?.Stop();
        Timers.Arm(grace, () => Guard(Abandon));
    }

    /// <summary>Nobody waits for running steps any more.</summary>
    private void Abandon()
    {
        lock (Lock)
        {
            foreach (var flow in _open.ToArray()) flow.Abandon();
        }
    }

    private void Tick()
    {
        Executor[] open;
        lock (Lock) open = [.. _open];
        foreach (var flow in open) flow.Tick();
    }
}
