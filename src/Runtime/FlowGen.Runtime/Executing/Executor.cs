using FlowGen.Executing.Logs;
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
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<RunStatus> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
    }

    /// <summary>The first task that failed for good; <c>null</c> if none did.</summary>
    public (TaskAddress Task, TaskError Error)? FirstFailure { get; private set; }

    /// <summary>Makes the tasks that nothing has to happen for. Nothing starts before <see cref="RunAsync"/>.</summary>
    public void Prepare()
    {
        var known = new List<DimensionWidth>();
        for (var d = 0; d < _run.Flow.Dimensions.Length; d++)
        {
            var dimension = _run.Flow.Dimensions[d];
            if (dimension.Kind != CompilerServices.SourceKind.Parameter) continue;
            var collection = _run.Parameters.ForDimension(dimension.Source)
                ?? throw new FlowException("FG1009", $"Parameter '{dimension.Name}' is iterated, so it cannot be null; give an empty list instead.", 2);
            _values.SetCollection(d, collection);
            known.Add(new DimensionWidth(d, dimension.Items.Count(collection)));
        }

        foreach (var (dimension, width) in known) _run.Journal.Append(new DimensionSized(dimension, default, width));
        Scheduler.OnStarted(_core, [.. known]);
        Obey();
    }

    /// <summary>Takes over what a task of an earlier run made. False if something it needs was not taken over, so that it must run again.</summary>
    public async ValueTask<bool> TakeOverAsync(TaskSucceeded record)
    {
        var result = new AttemptResult(AttemptEnd.Succeeded) { Stored = record.Outputs };
        if (!_core.Graph.Steps[record.Task.Step].Makes.IsEmpty) result = await _runner.SizeAsync(record.Task, result).ConfigureAwait(false);
        if (!Scheduler.CanTakeOver(_core, record.Task)) return false;
        Record(record, result);
        _values.Set(record.Task, record.Outputs.AsSpan(), default);
        for (var i = 0; i < (result.Made?.Length ?? 0); i++) _values.SetCollection(result.Made![i].Dimension, result.Collections![i]);
        Scheduler.OnTakenOver(_core, record.Task, result.Made);
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
                if (result.End == AttemptEnd.Succeeded) Record(new TaskSucceeded(attempt.Task, attempt.Attempt, attempt.Id, attempt.Started, attempt.Elapsed, result.Stored), result);
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

            var next = new TaskAttempt(_run, task, number, _values.Capture(task), _run.Journal.Last, _stop.Token);
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
                _values.Set(attempt.Task, result.Stored.AsSpan(), result.Values);
                for (var i = 0; i < (result.Made?.Length ?? 0); i++) _values.SetCollection(result.Made![i].Dimension, result.Collections![i]);
                Scheduler.OnSucceeded(_core, attempt.Task, result.Made);
                break;
            case AttemptEnd.Failed:
                Scheduler.OnAttemptFailed(_core, attempt.Task);
                break;
            case AttemptEnd.Cancelled:
                Scheduler.OnCancelled(_core, attempt.Task);
                break;
            case AttemptEnd.Late:
                Scheduler.OnAbandonedReturned(_core, attempt.Task);
                break;
        }

        Obey(attempt, result.Error);
    }

    /// <summary>Writes a success before anything that follows from it can be written.</summary>
    private void Record(TaskSucceeded record, in AttemptResult result)
    {
        _run.Journal.Append(record);
        foreach (var (dimension, width) in result.Made ?? []) _run.Journal.Append(new DimensionSized(dimension, record.Task.Index, width));
    }

    private void Obey(TaskAttempt? failed = null, TaskError? error = null)
    {
        foreach (var command in _core.Commands)
        {
            switch (command.Kind)
            {
                case CommandKind.ArmRetry:
                    var delay = Backoff.After(failed!.Definition.Retry!, command.Attempt, _chance());
                    _run.Journal.Append(new AttemptFailed(command.Task, command.Attempt, failed.Id, failed.Started, failed.Elapsed, error!, delay));
                    _timers.Arm(delay, () => Guard(() => RetryDue(command.Task)));
                    break;
                case CommandKind.RecordFailure:
                    FirstFailure ??= (command.Task, error!);
                    _run.Journal.Append(new TaskFailed(command.Task, command.Attempt, failed!.Id, failed.Started, failed.Elapsed, error!));
                    break;
                case CommandKind.RecordBlocked:
                    _run.Journal.Append(new TasksBlocked(command.Task, command.Count, command.Cause));
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

    /// <summary>One is enough: it brings up the next as long as there is work.</summary>
    private void BringUpWorkers()
    {
        if (!_core.HasStartable || _workers >= _core.Limits.MaxParallel) return;
        _workers++;
        ThreadPool.UnsafeQueueUserWorkItem(static executor => _ = executor.WorkAsync(), this, preferLocal: false);
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
            Scheduler.OnAttemptFailed(_core, attempt.Task, abandoned: true);
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
