using FlowGen.Executing.Logs;
using FlowGen.Executing.Policies;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>
/// Runs the tasks of one run in this process. A worker takes a task, runs it, and under one lock reports its end, obeys the scheduler and takes the next task, so a task costs
/// no hand-over between threads. A worker that finds more to do than it can take brings up another, up to the limit; one that finds nothing ends.
/// </summary>
internal sealed class Executor : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly RunScope _run;
    private readonly SchedulerCore _core;
    private readonly ValueTable _values;
    private readonly AttemptRunner _runner;
    private readonly LogWriter _logs;
    private readonly Func<double> _chance;
    private readonly RunTimers _timers;
    private readonly HashSet<TaskAttempt> _running = [];
    private readonly RateWindow?[] _rates;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<RunStatus> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (TaskAddress Task, TaskError Error)? _firstFailure, _firstContained;
    private int _workers;

    public Executor(RunScope run, SchedulerLimits limits, Func<double> chance)
    {
        (_run, _chance) = (run, chance);
        var graph = TaskGraph.Of(run.Flow);
        _core = new SchedulerCore(graph, limits);
        _values = new ValueTable(run.Flow, _core);
        _runner = new AttemptRunner(run, graph, attempt => Guard(() => TimeIsUp(attempt)));
        _logs = new LogWriter(run.Journal);
        _timers = new RunTimers(run.Time);
        _rates = [.. run.Flow.Steps.Select(step => step.RateLimit is { } limit ? new RateWindow(limit, run.Time) : null)];
    }

    /// <summary>The first task that failed for good, rather one that fails the run; <c>null</c> if none did.</summary>
    public (TaskAddress Task, TaskError Error)? FirstFailure => _firstFailure ?? _firstContained;

    /// <summary>Makes the tasks that nothing has to happen for. Nothing starts before <see cref="RunAsync"/>.</summary>
    public void Prepare()
    {
        // A parameter that cannot be must be found before anything is written.
        var (known, collections, decided) = (new List<DimensionWidth>(), ParameterFacts.Collections(_run).ToArray(), ParameterFacts.Decisions(_run).ToArray());
        foreach (var (dimension, collection) in collections)
        {
            var width = new DimensionWidth(dimension, _run.Flow.Dimensions[dimension].Items.Count(collection));
            known.Add(width);
            _values.SetCollection(dimension, default, collection);
            _run.Journal.Append(Sized(width, default, collection));
        }

        Scheduler.OnStarted(_core, [.. known], decided);
        Obey();
    }

    /// <summary>Takes over what a task of an earlier run made. False if something it needs was not taken over, so that it must run again.</summary>
    /// <param name="record">Of a loop, any iteration; those before it need not be taken over.</param>
    /// <param name="again">Whether the loop goes on after it.</param>
    public async ValueTask<bool> TakeOverAsync(TaskSucceeded record, bool again = false)
    {
        var result = new AttemptResult(AttemptEnd.Succeeded) { Stored = record.Outputs };
        if (!Scheduler.CanTakeOver(_core, record.Task)) return false;
        try
        {
            if (!again) result = await _runner.ReadAsync(record.Task.Step, result).ConfigureAwait(false);
        }
        catch (ArtifactException e)
        {
            _run.Observer.Notice($"{_run.NameOf(record.Task)} runs again: its stored result does not fit the flow any more. {e.Message}");
            return false;
        }

        Record(record, result);
        Keep(record.Task, result);
        Scheduler.OnTakenOver(_core, record.Task, result.Made, result.Decided, again);
        Obey();
        return true;
    }

    /// <summary>Runs everything that can run.</summary>
    /// <param name="grace">How long running steps get once <paramref name="stop"/> is cancelled.</param>
    /// <param name="stop">Starts nothing more; running steps get their cancellation tokens.</param>
    /// <param name="abort">Waits for nothing any more.</param>
    /// <exception cref="FlowException">The store cannot be used.</exception>
    public async Task<RunStatus> RunAsync(TimeSpan grace, CancellationToken stop, CancellationToken abort)
    {
        using var tick = _run.Time.CreateTimer(_ => Guard(Tick), null, Second, Second);
        using var stopping = stop.Register(() => Stop(grace));
        using var aborting = abort.Register(() =>
        {
            Abandon();
            _ended.TrySetResult(RunStatus.Cancelled);
        });
        lock (_lock) BringUpWorkers();
        var status = await _ended.Task.ConfigureAwait(false);
        _run.Echo.Drain();
        return status;
    }

    /// <summary>The run cannot go on: nobody waits for anything any more.</summary>
    public void Fault(Exception e)
    {
        _ended.TrySetException(e);
        Stop(TimeSpan.Zero);
    }

    public void Dispose()
    {
        _timers.Dispose();
        _ = _stop.CancelAsync();
    }

    private async Task WorkAsync()
    {
        try
        {
            for (var attempt = Next(null, default); attempt is not null;)
            {
                _run.Observer.AttemptStarted(attempt.Task, attempt.Attempt);
                var result = await _runner.RunAsync(attempt, _stop.Token).ConfigureAwait(false);
                attempt.CleanUp();
                if (result.End != AttemptEnd.Late) _logs.Close(attempt);
                if (result.End == AttemptEnd.Succeeded) Record(new TaskSucceeded(attempt.Task, attempt.Attempt, attempt.Id, attempt.Started, attempt.Elapsed, result.Stored, Marks: Marks(attempt, result)), result);
                await _run.Journal.WhenNotFullAsync().ConfigureAwait(false);
                attempt = Next(attempt, result);
            }
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    /// <summary>Reports the end of an attempt and takes the next task.</summary>
    private TaskAttempt? Next(TaskAttempt? ended, in AttemptResult result)
    {
        lock (_lock)
        {
            if (ended is not null) End(ended, result);
            if (!Scheduler.TryStart(_core, out var task, out var number))
            {
                _workers--;
                return null;
            }

            if (_rates[task.Step] is { } rate) Count(task.Step, rate);
            var inputs = _values.Capture(task, out var isGivenErrors);
            var next = new TaskAttempt(_run, task, number, inputs, _run.Journal.Last, _stop.Token) { IsGivenErrors = isGivenErrors };
            _running.Add(next);
            Obey();
            BringUpWorkers();
            return next;
        }
    }

    private void End(TaskAttempt attempt, in AttemptResult result)
    {
        _running.Remove(attempt);
        switch (result.End)
        {
            case AttemptEnd.Succeeded:
                Keep(attempt.Task, result);
                Scheduler.OnSucceeded(_core, attempt.Task, result.Made, result.Decided, result.Again);
                break;
            case AttemptEnd.Failed:
                Scheduler.OnAttemptFailed(_core, attempt.Task, forGood: result.IsForGood);
                break;
            case AttemptEnd.Cancelled:
                Scheduler.OnCancelled(_core, attempt.Task);
                break;
            case AttemptEnd.Late:
                Scheduler.OnAbandonedReturned(_core, attempt.Task);
                break;
        }

        Obey(attempt, result.Error, result.RetryAfter);
    }

    /// <summary>Keeps what others will take of a task.</summary>
    private void Keep(TaskAddress task, in AttemptResult result)
    {
        _values.Set(task, result.Stored.AsSpan(), result.Values);
        for (var i = 0; i < (result.Made?.Length ?? 0); i++) _values.SetCollection(result.Made![i].Dimension, task.Index, result.Collections![i]);
    }

    /// <summary>Writes a success before anything that follows from it can be written.</summary>
    private void Record(TaskSucceeded record, in AttemptResult result)
    {
        _run.Journal.Append(record);
        for (var i = 0; i < (result.Made?.Length ?? 0); i++) _run.Journal.Append(Sized(result.Made![i], record.Task.Index, result.Collections![i]!));
    }

    private DimensionSized Sized(DimensionWidth made, TaskIndex maker, object collection) =>
        new(made.Dimension, maker, made.Width) { Labels = TaskLabels.Make(_run.Flow.Dimensions[made.Dimension], collection, made.Width) };

    private static TaskMarks Marks(TaskAttempt attempt, in AttemptResult result) =>
        (result.Again ? TaskMarks.GoesOn : 0) | (result.StoppedAtMax ? TaskMarks.StoppedAtMax : 0) | (attempt.IsGivenErrors ? TaskMarks.GivenError : 0);

    private void Obey(TaskAttempt? failed = null, TaskError? error = null, TimeSpan? retryAfter = null)
    {
        foreach (var command in _core.Commands)
        {
            switch (command.Kind)
            {
                case CommandKind.ArmRetry:
                    var delay = retryAfter ?? Backoff.After(failed!.Definition.Retry!, command.Attempt, _chance());
                    _run.Journal.Append(new AttemptFailed(command.Task, command.Attempt, failed!.Id, failed.Started, failed.Elapsed, error!, delay));
                    _timers.Arm(delay, () => Guard(() => RetryDue(command.Task)));
                    break;
                case CommandKind.RecordFailure:
                    if (_core.Graph.Steps[command.Task.Step].Contained) _firstContained ??= (command.Task, error!);
                    else _firstFailure ??= (command.Task, error!);
                    _values.SetError(command.Task, new StepError(_run.NameOf(command.Task), error!.Type, error.Message));
                    _run.Journal.Append(new TaskFailed(command.Task, command.Attempt, failed!.Id, failed.Started, failed.Elapsed, error!));
                    break;
                case CommandKind.RecordBlocked:
                    _run.Journal.Append(new TasksBlocked(command.Task, command.Count, command.Cause));
                    break;
                case CommandKind.RecordSkipped:
                    RecordSkipped(command);
                    break;
                case CommandKind.Release:
                    _values.Release(command.Task, command.Count);
                    break;
                case CommandKind.FinishRun:
                    _ended.TrySetResult(command.Status);
                    break;
            }
        }

        _core.Commands.Clear();
    }

    /// <summary>A collection that is not made has no items.</summary>
    private void RecordSkipped(in Command command)
    {
        var (step, index) = (command.Task.Step, command.Task.Index);
        _run.Journal.Append(new TasksSkipped(command.Task, command.Count, new SkipReason(command.Decided.Decision, command.Decided.Value)));
        foreach (var dimension in _core.Graph.Steps[step].Makes)
            for (var i = 0; i < command.Count; i++) _run.Journal.Append(new DimensionSized(dimension, index.IsEmpty ? index : index.WithLast(index.Last + i), 0));
    }

    /// <summary>One is enough: it brings up the next as long as there is work.</summary>
    private void BringUpWorkers()
    {
        if (!_core.HasStartable || _workers >= _core.Limits.MaxParallel) return;
        _workers++;
        ThreadPool.UnsafeQueueUserWorkItem(static executor => _ = executor.WorkAsync(), this, preferLocal: false);
    }

    /// <summary>Counts a start, and holds the step where that was the last one for a while.</summary>
    private void Count(int step, RateWindow rate)
    {
        rate.Started();
        Hold(step, rate);
    }

    private void Hold(int step, RateWindow rate)
    {
        var wait = rate.Wait();
        Scheduler.OnHeld(_core, step, isHeld: wait > TimeSpan.Zero);
        if (wait > TimeSpan.Zero) _timers.Arm(wait, () => Guard(() => RateDue(step, rate)));
    }

    private void RateDue(int step, RateWindow rate)
    {
        lock (_lock)
        {
            if (_core.Finished) return;
            Hold(step, rate);
            BringUpWorkers();
        }
    }

    private void RetryDue(TaskAddress task)
    {
        lock (_lock)
        {
            if (_core.Finished) return;
            Scheduler.OnRetryDue(_core, task);
            BringUpWorkers();
        }
    }

    private void TimeIsUp(TaskAttempt attempt)
    {
        var limit = attempt.Definition.Timeout!.Value;
        var error = new TaskError(TaskErrorKind.Timeout, typeof(TimeoutException).FullName!, $"The attempt took longer than the {limit:c} that its step may take.", null);
        lock (_lock)
        {
            if (!attempt.TryClaim()) return;
            attempt.AbandonedAt = _run.Time.GetTimestamp();
            _logs.Close(attempt);
            Scheduler.OnAttemptFailed(_core, attempt.Task, abandoned: true, forGood: Retrying.IsForGood(attempt.Definition.Retry, new TimeoutException()));
            Obey(attempt, error);
            BringUpWorkers();
        }

        attempt.Cancel();
    }

    private void Stop(TimeSpan grace)
    {
        lock (_lock)
        {
            foreach (var attempt in _running) RecordStart(attempt);
            Scheduler.OnStopped(_core);
            Obey();
        }

        _ = _stop.CancelAsync();
        _timers.Arm(grace, () => Guard(Abandon));
    }

    /// <summary>Nobody waits for running steps any more.</summary>
    private void Abandon()
    {
        lock (_lock)
        {
            Scheduler.OnStopped(_core);
            foreach (var attempt in _running)
            {
                if (!attempt.TryClaim()) continue;
                _logs.Close(attempt);
                Scheduler.OnCancelled(_core, attempt.Task, abandoned: true);
            }

            Obey();
        }
    }

    private void Tick()
    {
        var running = Snapshot();
        foreach (var attempt in running)
        {
            if (attempt.Elapsed >= Second) RecordStart(attempt);
            if (attempt.AbandonedAt is not { } since || _run.Time.GetElapsedTime(since) < Second) continue;
            attempt.AbandonedAt = null;
            _run.Observer.Notice($"{attempt.TaskName}: attempt {attempt.Attempt} was given up after {attempt.Definition.Timeout:c}, but its code still runs and keeps its core; let the step observe its CancellationToken.");
        }

        _logs.Flush(running.Where(attempt => !attempt.IsClaimed));
    }

    /// <summary>What goes wrong on a timer must end the run, not the process.</summary>
    private void Guard(Action onTimer)
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

    private void RecordStart(TaskAttempt attempt)
    {
        if (attempt.IsRecorded || attempt.IsClaimed) return;
        attempt.IsRecorded = true;
        _run.Journal.Append(new TaskStarted(attempt.Task, attempt.Attempt, attempt.Id, attempt.Started));
    }

    private TaskAttempt[] Snapshot()
    {
        lock (_lock) return [.. _running];
    }
}
