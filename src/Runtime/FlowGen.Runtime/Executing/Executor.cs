using FlowGen.Executing.Driving;
using FlowGen.Executing.Logs;
using FlowGen.Executing.Policies;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>Runs the tasks of one flow, the run's own or a sub-flow: keeps its scheduler, carries out what that wants, and writes down what happens. The crew's lock guards it.</summary>
internal sealed class Executor
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>So many drivers may be lost while a task runs in them.</summary>
    private const int MostDeaths = 2;

    private readonly RunScope _run;
    private readonly Crew _crew;
    private readonly ValueTable _values;
    private readonly LogWriter _logs;
    private readonly HashSet<TaskAttempt> _running = [];
    private readonly RateWindow?[] _rates;
    private readonly StoredValue?[] _made;
    private readonly TaskCompletionSource<RunStatus> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<TaskAddress, int> _numbers = [];
    private (TaskAddress Task, TaskError Error)? _firstFailure, _firstContained;

    /// <param name="run">The flow.</param>
    /// <param name="crew">The workers of the run.</param>
    /// <param name="parent">Of a sub-flow, who runs the flow that it is in.</param>
    /// <param name="failsRun">Whether its failure fails the run.</param>
    public Executor(RunScope run, Crew crew, Executor? parent = null, bool failsRun = true)
    {
        (_run, _crew, Parent) = (run, crew, parent);
        var facts = crew.FactsOf(run.Flow);
        Core = new SchedulerCore(facts.Graph, crew.Budget, parent is null ? 0 : parent.Core.Depth + 1, failsRun);
        _values = new ValueTable(run.Flow, Core);
        Runner = new AttemptRunner(run, facts.Graph, attempt => crew.Guard(() => TimeIsUp(attempt)));
        Finder = new ResultFinder(run, Runner, facts.Code);
        _logs = new LogWriter(run.Journal);
        _rates = [.. run.Flow.Steps.Select(step => step.RateLimit is { } limit ? new RateWindow(limit, run.Time) : null)];
        _made = parent is null ? [] : new StoredValue?[run.Flow.Artifacts.Length];
    }

    public Crew Crew => _crew;

    /// <summary>The flow.</summary>
    public RunScope Scope => _run;

    public Executor? Parent { get; }

    public SchedulerCore Core { get; }

    public AttemptRunner Runner { get; }

    /// <summary>What earlier drivers of the run have recorded of the flow; <c>null</c> if there were none.</summary>
    public Inheritance? Inherited { get; init; }

    /// <summary>Finds results that stand for those of tasks.</summary>
    public ResultFinder Finder { get; }

    /// <summary>How the flow ended, once it has.</summary>
    public Task<RunStatus> Ended => _ended.Task;

    /// <summary>The first task that failed for good, rather one that fails the flow; <c>null</c> if none did.</summary>
    public (TaskAddress Task, TaskError Error)? FirstFailure => _firstFailure ?? _firstContained;

    /// <summary>Of a sub-flow, what became of an artifact that exists once.</summary>
    public StoredValue? Made(int artifact) => _made[artifact];

    /// <summary>Makes the tasks that nothing has to happen for. Nothing starts before the crew is told.</summary>
    public void Prepare()
    {
        // A parameter that cannot be must be found before anything is written.
        var (known, collections, decided) = (new List<DimensionWidth>(), ParameterFacts.Collections(_run), ParameterFacts.Decisions(_run));
        foreach (var (dimension, collection) in collections)
        {
            var width = new DimensionWidth(dimension, _run.Flow.Dimensions[dimension].Items.Count(collection));
            known.Add(width);
            _values.SetCollection(dimension, default, collection);
            RecordSize(new DimensionSized(dimension, default, width.Width) { Labels = TaskLabels.Make(_run.Flow.Dimensions[dimension], collection, width.Width) });
        }

        Scheduler.OnStarted(Core, [.. known], decided);
        Obey();
    }

    /// <summary>The next task, which there is.</summary>
    public TaskAttempt Take()
    {
        Scheduler.TryStart(Core, out var task, out var number);
        var open = Inherited?.TakeOpen(task);
        if (open is not null)
        {
            Scheduler.OnInherited(Core, task, new FailedAttempts(open.Own, open.System));
            _numbers[task] = open.Attempt;
        }

        if (_numbers.Count > 0 && _numbers.TryGetValue(task, out var last)) number = Math.Max(number, last + 1);
        if (_rates[task.Step] is { } rate) Count(task.Step, rate);
        var inputs = _values.Capture(task, out var stored, out var isGivenErrors);
        var next = new TaskAttempt(_run, task, number, inputs, _run.Journal.Last, _crew.Stopped) { Executor = this, IsGivenErrors = isGivenErrors, Stored = stored, Open = open };
        // A flow that was open when the last turn ended is open still.
        if (open is { Slice: null, Own: 0, System: 0 } && next.Definition.SubFlow is not null && _run.Remote?.Turn is not null) next.GoOn(open);
        _running.Add(next);
        Obey();
        return next;
    }

    public void Begin(TaskAttempt attempt) => _run.Observer.AttemptStarted(attempt.Address, attempt.Attempt);

    /// <summary>The code of an attempt has returned: what it wrote and made is written down before anything that follows from it.</summary>
    public void Finish(TaskAttempt attempt, in AttemptResult result)
    {
        attempt.CleanUp();
        if (result.End != AttemptEnd.Late) _logs.Close(attempt);
        var record = result.End == AttemptEnd.Succeeded
            ? new TaskSucceeded(attempt.Task, attempt.Attempt, attempt.Id, attempt.Started, attempt.Elapsed, result.Stored, Marks: Marks(attempt, result), Key: attempt.Key)
            : null;
        if (record is not null) Record(record, result);
        if (Finder.Cache?.Covers(attempt) == true) Finder.Cache.Ended(attempt, record);
    }

    /// <summary>Takes what earlier drivers of the run have recorded of the task; <c>null</c> if it has to run.</summary>
    public async ValueTask<AttemptResult?> RecallAsync(TaskAttempt attempt)
    {
        if (Inherited is null) return null;
        if (Inherited.Outcome(attempt.Task) is not { } known) return attempt.Open is { } open ? GoOn(attempt, open) : null;
        if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
        attempt.IsRecalled = true;
        if (_rates[attempt.Task.Step] is { } rate) TakeBack(attempt.Task.Step, rate);
        if (known.Error is { } error)
        {
            _run.Journal.Recall(new TaskFailed(attempt.Task, known.Attempts, known.AttemptId, known.Started ?? default, known.Duration ?? default, error));
            return new AttemptResult(AttemptEnd.Failed) { IsForGood = true, Error = error };
        }

        var result = new AttemptResult(AttemptEnd.Succeeded) { Stored = known.Outputs, Again = (known.Marks & TaskMarks.GoesOn) != 0 };
        if (!result.Again) result = await Runner.ReadAsync(attempt.Task.Step, result).ConfigureAwait(false);
        _run.Journal.Recall(new TaskSucceeded(attempt.Task, known.Attempts, known.AttemptId, known.Started ?? default, known.Duration ?? default, known.Outputs, known.Origin, known.Marks, known.Key));
        RecordSizes(attempt.Task, result);
        return result;
    }

    /// <summary>A task that failed before waits out its backoff; one in which two drivers were lost is not tried in a third without being charged (H5).</summary>
    private AttemptResult? GoOn(TaskAttempt attempt, OpenTask open)
    {
        if (open is { Slice: null, Due: { } due } && due - _run.Time.GetUtcNow() is var wait && wait > TimeSpan.Zero) return new AttemptResult(AttemptEnd.PutBack) { RetryAfter = wait };
        if (open.Deaths < MostDeaths) return null;
        if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
        return new AttemptResult(AttemptEnd.Failed) { Error = new TaskError(TaskErrorKind.System, TaskError.Lost, $"The process that drives the run was lost {open.Deaths} times while the task ran in it; steps with [Isolated] cannot end it.", null) };
    }

    /// <summary>Lets another result stand for the task, where there may be one; <c>null</c> if it has to run.</summary>
    public async ValueTask<AttemptResult?> ReuseAsync(TaskAttempt attempt)
    {
        var (record, result) = await Finder.FindAsync(attempt).ConfigureAwait(false);
        if (result is null) return null;
        if (!attempt.TryClaim()) return new AttemptResult(AttemptEnd.Late);
        if (_rates[attempt.Task.Step] is { } rate) TakeBack(attempt.Task.Step, rate);
        if (record is not null) Record(record, result.Value);
        return result;
    }

    /// <summary>Reports the end of an attempt to the scheduler.</summary>
    public void End(TaskAttempt attempt, in AttemptResult result)
    {
        _running.Remove(attempt);
        if (result.End is AttemptEnd.Succeeded) _numbers.Remove(attempt.Task);
        else if (_numbers.ContainsKey(attempt.Task) || attempt.IsResent) _numbers[attempt.Task] = result.End == AttemptEnd.PutBack ? attempt.Attempt - 1 : attempt.Attempt;
        switch (result.End)
        {
            case AttemptEnd.Succeeded:
                Keep(attempt.Task, result);
                Scheduler.OnSucceeded(Core, attempt.Task, result.Made, result.Decided, result.Again);
                break;
            case AttemptEnd.Failed:
                Scheduler.OnAttemptFailed(Core, attempt.Task, forGood: result.IsForGood, isSystem: result.Error!.Kind == TaskErrorKind.System);
                break;
            case AttemptEnd.Cancelled:
                Scheduler.OnCancelled(Core, attempt.Task);
                break;
            case AttemptEnd.PutBack:
                Scheduler.OnPutBack(Core, attempt.Task);
                _crew.Arm(this, attempt.Task.Step, result.RetryAfter!.Value, () => RetryDue(attempt.Task));
                break;
            case AttemptEnd.Late:
                Scheduler.OnAbandonedReturned(Core, attempt.Task);
                break;
        }

        Obey(attempt, result.Error, result.RetryAfter);
    }

    /// <summary>Nothing starts any more, and what runs is asked to stop.</summary>
    public void Stop()
    {
        foreach (var attempt in _running) RecordStart(attempt);
        Drain(isStopped: true);
    }

    /// <summary>Nothing starts any more.</summary>
    /// <param name="isStopped">Somebody stopped the run; otherwise something failed elsewhere in it.</param>
    public void Drain(bool isStopped)
    {
        if (isStopped) Scheduler.OnStopped(Core);
        else Scheduler.OnFailedElsewhere(Core);
        Obey();
    }

    /// <summary>Nobody waits for running steps any more.</summary>
    public void Abandon()
    {
        Scheduler.OnStopped(Core);
        foreach (var attempt in _running)
        {
            if (!attempt.TryClaim()) continue;
            _logs.Close(attempt);
            Scheduler.OnCancelled(Core, attempt.Task, abandoned: true);
        }

        Obey();
    }

    /// <summary>A second has passed. Takes the lock itself.</summary>
    public void Tick()
    {
        TaskAttempt[] running;
        lock (_crew.Lock) running = [.. _running];
        foreach (var attempt in running)
        {
            if (attempt.Elapsed >= Second) RecordStart(attempt);
            if (attempt.AbandonedAt is not { } since || _run.Time.GetElapsedTime(since) < Second) continue;
            attempt.AbandonedAt = null;
            _run.Observer.Notice($"{attempt.TaskName}: attempt {attempt.Attempt} was given up after {attempt.Definition.Timeout:c}, but its code still runs and keeps its core; let the step observe its CancellationToken.");
        }

        _logs.Flush(running.Where(attempt => !attempt.IsClaimed));
    }

    /// <summary>Writes down that an attempt runs, if nobody has yet.</summary>
    public void RecordStart(TaskAttempt attempt)
    {
        if (attempt.IsRecorded || attempt.IsClaimed) return;
        attempt.IsRecorded = true;
        _run.Journal.Append(new TaskStarted(attempt.Task, attempt.Attempt, attempt.Id, attempt.Started));
    }

    /// <summary>Keeps what others will take of a task.</summary>
    private void Keep(TaskAddress task, in AttemptResult result)
    {
        _values.Set(task, result.Stored.AsSpan(), result.Values);
        for (var i = 0; i < (result.Made?.Length ?? 0); i++) _values.SetCollection(result.Made![i].Dimension, task.Index, result.Collections![i]);
        if (_made.Length > 0 && task.Index.IsEmpty) result.Stored.CopyTo(0, _made!, _run.Flow.Steps[task.Step].FirstArtifact, result.Stored.Length);
    }

    /// <summary>Writes a success before anything that follows from it can be written.</summary>
    private void Record(TaskSucceeded record, in AttemptResult result)
    {
        _run.Journal.Append(record);
        RecordSizes(record.Task, result);
    }

    private void RecordSizes(TaskAddress task, in AttemptResult result)
    {
        for (var i = 0; i < (result.Made?.Length ?? 0); i++) RecordSize(new DimensionSized(result.Made![i].Dimension, task.Index, result.Made[i].Width) { Labels = result.Labels?[i] is { IsDefault: false } labels ? labels : [] });
    }

    /// <summary>What is in the log is not written again.</summary>
    private void RecordSize(DimensionSized sized)
    {
        if (Inherited?.Knows(sized) == true) _run.Journal.Recall(sized);
        else _run.Journal.Append(sized);
    }

    private static TaskMarks Marks(TaskAttempt attempt, in AttemptResult result) =>
        (result.Again ? TaskMarks.GoesOn : 0) | (result.StoppedAtMax ? TaskMarks.StoppedAtMax : 0) | (attempt.IsGivenErrors ? TaskMarks.GivenError : 0);

    private void Obey(TaskAttempt? failed = null, TaskError? error = null, TimeSpan? retryAfter = null)
    {
        foreach (var command in Core.Commands)
        {
            switch (command.Kind)
            {
                case CommandKind.ArmRetry:
                    var policy = error!.Kind == TaskErrorKind.System && Core.Graph.Steps[command.Task.Step].SystemRetries > 0 ? SystemRetries.Policy : failed!.Definition.Retry!;
                    var delay = retryAfter ?? Backoff.After(policy, command.Attempt, _crew.Chance());
                    _run.Journal.Append(new AttemptFailed(command.Task, failed!.Attempt, failed.Id, failed.Started, failed.Elapsed, error!, delay));
                    _crew.Arm(this, command.Task.Step, delay, () => RetryDue(command.Task));
                    break;
                case CommandKind.RecordFailure:
                    if (Core.Graph.Steps[command.Task.Step].Contained) _firstContained ??= (command.Task, error!);
                    else _firstFailure ??= (command.Task, error!);
                    _values.SetError(command.Task, new StepError(_run.NameOf(command.Task), error!.Type, error.Message));
                    if (!failed!.IsRecalled) _run.Journal.Append(new TaskFailed(command.Task, failed.Attempt, failed.Id, failed.Started, failed.Elapsed, error!));
                    break;
                case CommandKind.RecordBlocked:
                    foreach (var (first, count) in ToClose(command)) _run.Journal.Append(new TasksBlocked(first, count, command.Cause));
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

        Core.Commands.Clear();
    }

    /// <summary>A collection that is not made has no items.</summary>
    private void RecordSkipped(in Command command)
    {
        var (step, index) = (command.Task.Step, command.Task.Index);
        foreach (var (first, count) in ToClose(command)) _run.Journal.Append(new TasksSkipped(first, count, new SkipReason(command.Decided.Decision, command.Decided.Value)));
        foreach (var dimension in Core.Graph.Steps[step].Makes)
            for (var i = 0; i < command.Count; i++) RecordSize(new DimensionSized(dimension, index.IsEmpty ? index : index.WithLast(index.Last + i), 0));
    }

    private IEnumerable<(TaskAddress First, int Count)> ToClose(Command command) => Inherited?.NotClosed(command.Task, command.Count) ?? [(command.Task, command.Count)];

    /// <summary>Counts a start, and holds the step where that was the last one for a while.</summary>
    private void Count(int step, RateWindow rate)
    {
        rate.Started();
        Hold(step, rate);
    }

    /// <summary>A result that is reused calls nobody.</summary>
    private void TakeBack(int step, RateWindow rate)
    {
        lock (_crew.Lock)
        {
            rate.TakeBack();
            Hold(step, rate);
        }
    }

    private void Hold(int step, RateWindow rate)
    {
        var wait = rate.Wait();
        Scheduler.OnHeld(Core, step, isHeld: wait > TimeSpan.Zero);
        if (wait > TimeSpan.Zero) _crew.Arm(this, step, wait, () => RateDue(step, rate));
    }

    private void RateDue(int step, RateWindow rate)
    {
        lock (_crew.Lock)
        {
            if (Core.Finished) return;
            Hold(step, rate);
            _crew.BringUpWorkers();
        }
    }

    private void RetryDue(TaskAddress task)
    {
        lock (_crew.Lock)
        {
            if (Core.Finished) return;
            Scheduler.OnRetryDue(Core, task);
            _crew.BringUpWorkers();
        }
    }

    private void TimeIsUp(TaskAttempt attempt)
    {
        var limit = attempt.Definition.Timeout!.Value;
        var error = new TaskError(TaskErrorKind.Timeout, typeof(TimeoutException).FullName!, $"The attempt took longer than the {limit:c} that its step may take.", null);
        lock (_crew.Lock)
        {
            if (!attempt.TryClaim()) return;
            attempt.AbandonedAt = _run.Time.GetTimestamp();
            _logs.Close(attempt);
            Scheduler.OnAttemptFailed(Core, attempt.Task, abandoned: true, forGood: Retrying.IsForGood(attempt.Definition.Retry, new TimeoutException()));
            Obey(attempt, error);
            _crew.BringUpWorkers();
        }

        attempt.Cancel();
    }
}
