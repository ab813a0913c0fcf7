namespace FlowGen.Runs;

/// <summary>
/// Folds a run's log, slot by slot, into what is true of the run. Of all outcomes of a task the first stands. A log that contradicts itself (another order of epochs,
/// a task that cannot be) was not written by a driver: <see cref="FormatException"/>.
/// </summary>
internal sealed class RunFold
{
    private readonly List<LogsWritten> _logs = [];
    private readonly List<InputFileStored> _files = [];
    private Extents? _extents;
    private StepRows[] _steps = [];

    /// <summary>Many tasks are skipped or blocked for one reason: one object serves them all.</summary>
    private object _lastReason = new();

    public RunManifest? Manifest { get; private set; }
    public EpochStarted? Epoch { get; private set; }

    /// <summary>Random id of the current driver.</summary>
    public Guid Writer { get; private set; }

    /// <summary>Slot in which the current driver took the run over.</summary>
    public int EpochSlot { get; private set; }
    public RunFinished? End { get; private set; }

    /// <summary>Number of slots folded: the first missing one.</summary>
    public int Slots { get; private set; }

    /// <summary>What is known of more than a single task. With <see cref="Rows"/> and the ends of the run, all that a state is made of.</summary>
    public IEnumerable<RunRecord> Facts => _extents!.Records().Concat(_steps.SelectMany(step => step.Records())).Concat(_files).Concat(_logs);

    /// <summary>The tasks that something is known of, by step, index and iteration.</summary>
    public IEnumerable<IndexRow> Rows => _steps.SelectMany(step => step.Known().Select(known => new IndexRow(new TaskAddress(step.Step, known.Index, known.Iteration), known.Row)));

    public void Add(LogSlot slot)
    {
        if (slot.Number != Slots) throw new FormatException($"it is slot {slot.Number}");
        if (End is not null) throw new FormatException("it follows the final record");
        var isEpoch = slot.Records is [EpochStarted, ..] or [RunRegistered, EpochStarted, ..];
        if (Slots == 0 != slot.Records is [RunRegistered, EpochStarted { Epoch: 0 }, ..]) throw new FormatException("the registration of the run is not in slot 0");
        if (isEpoch) Writer = slot.Writer;
        else if (slot.Writer != Writer || slot.Epoch != Epoch!.Epoch) throw new FormatException("it was not written by the driver that owned the run");
        foreach (var record in slot.Records) Add(record, slot.Epoch);
        Slots++;
    }

    /// <summary>Takes only the registration from slot 0: an index says the rest.</summary>
    public void AddFirst(LogSlot slot) => Add(slot.Records.Length > 2 ? slot with { Records = slot.Records[..2] } : slot);

    /// <summary>Adds what a part of an index says.</summary>
    public void Add(IndexPart part)
    {
        foreach (var fact in part.Facts)
        {
            // The rows say all that is said of single tasks; what is left of a range stays one, however short.
            if (fact is TasksBlocked blocked) Close(blocked.First, blocked.Count, blocked.Cause, asRange: true);
            else if (fact is TasksSkipped skipped) Close(skipped.First, skipped.Count, skipped.Reason, asRange: true);
            else Add(fact, Epoch!.Epoch);
        }

        foreach (var row in part.Rows)
        {
            ref var known = ref RowOf(row.Address);
            var outputs = row.Task.Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused ? Manifest!.Graph.Steps[row.Address.Step].ArtifactCount : 0;
            if (row.Task.Outputs.Length != outputs) throw new FormatException("a task has the wrong number of outputs");
            if (row.Task.Detail is TaskAddress or SkipReason) Check(row.Task.Detail);
            known = row.Task;
        }
    }

    /// <summary>Takes the end from an index, instead of from the slots that it covers.</summary>
    public void Close(int slots, RunFinished end) => (Slots, End) = (slots, end);

    public RunState Build(RunStatus openStatus) => Build(Manifest!, openStatus);

    /// <param name="manifest">The manifest with the tags of today.</param>
    /// <param name="openStatus">The status unless the log has a final record.</param>
    public RunState Build(RunManifest manifest, RunStatus openStatus)
    {
        var status = End?.Status ?? openStatus;
        return new RunState
        {
            Manifest = manifest,
            Status = status,
            Finished = End?.Finished,
            Duration = End?.Duration,
            Reason = End?.Reason,
            Extents = _extents!,
            Steps = [.. _steps.Select(step => new StepTasks(step, stopped: status != RunStatus.Running))],
            Logs = [.. _logs],
            InputFiles = [.. _files],
        };
    }

    private void Add(RunRecord record, int epoch)
    {
        switch (record)
        {
            case TaskSucceeded r:
                if (r.Outputs.Length != Manifest!.Graph.Steps[Step(r.Task)].ArtifactCount) throw new FormatException("a task has the wrong number of outputs");
                ref var done = ref RowOf(r.Task);
                if (done.IsDecided) return;
                done.Set(r.Origin is null ? FlowTaskStatus.Succeeded : FlowTaskStatus.Reused, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Origin);
                (done.Outputs, done.Marks) = (r.Outputs, r.Marks);
                break;
            case TaskFailed r:
                ref var failed = ref RowOf(r.Task);
                if (!failed.IsDecided) failed.Set(FlowTaskStatus.Failed, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Error);
                break;
            case AttemptFailed r:
                ref var retried = ref RowOf(r.Task);
                if (!retried.IsDecided) retried.Set(FlowTaskStatus.Pending, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Error);
                break;
            case TaskStarted r:
                ref var started = ref RowOf(r.Task);
                if (!started.IsDecided) started.Set(FlowTaskStatus.Running, r.Attempt, r.AttemptId, r.At, default, null);
                break;
            case TasksBlocked r:
                Close(r.First, r.Count, r.Cause);
                break;
            case TasksSkipped r:
                Close(r.First, r.Count, r.Reason);
                break;
            case DimensionSized r:
                _extents!.TryAdd(r);
                break;
            case LogsWritten r:
                foreach (var segment in r.Segments) Step(segment.Task);
                _logs.Add(r);
                break;
            case InputFileStored r:
                if (r.Parameter >= Manifest!.Graph.Parameters.Length) throw new FormatException("a parameter is not in the graph");
                _files.Add(r);
                break;
            case EpochStarted r:
                if (r.Epoch != epoch || r.Epoch != (Epoch is null ? 0 : Epoch.Epoch + 1)) throw new FormatException("an epoch does not follow the one before it");
                (Epoch, EpochSlot) = (r, Slots);
                foreach (var step in _steps) step.StopAttempts();
                break;
            case RunRegistered r:
                if (Manifest is not null) throw new FormatException("the run is registered twice");
                Manifest = r.Manifest;
                _extents = new Extents(r.Manifest.Graph);
                _steps = [.. r.Manifest.Graph.Steps.Select((step, i) => new StepRows(i, new StepScope(_extents, step.Scope), step.Loop is not null))];
                break;
            case RunFinished r:
                End = r;
                break;
        }
    }

    private int Step(TaskAddress task) => task.Step < _steps.Length ? task.Step : throw new FormatException("a step is not in the graph");

    private ref TaskRow RowOf(TaskAddress task) => ref _steps[Step(task)].At(task.Index, task.Iteration);

    private void Close(TaskAddress first, int count, object reason, bool asRange = false)
    {
        Check(reason);
        if (first.Iteration >= 0) throw new FormatException("a task cannot be");
        if (!_lastReason.Equals(reason)) _lastReason = reason;
        _steps[Step(first)].Close(first.Index, count, _lastReason, asRange);
    }

    private void Check(object reason)
    {
        if (reason is TaskAddress cause) Step(cause);
        else if (reason is SkipReason skipped && !Manifest!.Graph.Knows(skipped)) throw new FormatException("a decision is not in the graph");
    }
}
