namespace FlowGen.Runs;

/// <summary>
/// Folds a run's log, slot by slot, into what is true of the run. Of all outcomes of a task the first stands. A log that contradicts itself (another order of epochs,
/// a task that cannot be) was not written by a driver: <see cref="FormatException"/>.
/// </summary>
internal sealed class RunFold
{
    private readonly List<RunRecord> _facts = [];
    private TaskTable.StepRows[] _steps = [];
    private int?[] _widths = [];

    public RunManifest? Manifest { get; private set; }
    public EpochStarted? Epoch { get; private set; }

    /// <summary>Random id of the current driver.</summary>
    public Guid Writer { get; private set; }

    /// <summary>Slot in which the current driver took the run over.</summary>
    public int EpochSlot { get; private set; }
    public RunFinished? End { get; private set; }

    /// <summary>Number of slots folded: the first missing one.</summary>
    public int Slots { get; private set; }

    /// <summary>The records that are not about a single task, in the order of the log. With <see cref="Rows"/> and the ends of the run, all that a state is made of.</summary>
    public IReadOnlyList<RunRecord> Facts => _facts;

    /// <summary>The tasks that something is known of, by step and index.</summary>
    public IEnumerable<IndexRow> Rows => _steps.SelectMany((step, i) => step.Known().Select(known => new IndexRow(i, known.Position, known.Row)));

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
        foreach (var fact in part.Facts) Add(fact, Epoch!.Epoch);
        foreach (var row in part.Rows)
        {
            if (row.Step >= _steps.Length || row.Position >= _steps[row.Step].Count) throw new FormatException("a task cannot be");
            var outputs = row.Task.Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused ? Manifest!.Graph.Steps[row.Step].ArtifactCount : 0;
            if (row.Task.Outputs.Length != outputs) throw new FormatException("a task has the wrong number of outputs");
            _steps[row.Step].At(row.Position) = row.Task;
        }
    }

    /// <summary>Takes the end from an index, instead of from the slots that it covers.</summary>
    public void Close(int slots, RunFinished end) => (Slots, End) = (slots, end);

    public RunState Build(RunStatus openStatus)
    {
        var status = End?.Status ?? openStatus;
        return new RunState
        {
            Manifest = Manifest!,
            Status = status,
            Finished = End?.Finished,
            Duration = End?.Duration,
            Reason = End?.Reason,
            Widths = [.. _widths],
            Tasks = new TaskTable(_steps, stopped: status != RunStatus.Running),
            Logs = [.. _facts.OfType<LogsWritten>()],
            InputFiles = [.. _facts.OfType<InputFileStored>()],
        };
    }

    private void Add(RunRecord record, int epoch)
    {
        switch (record)
        {
            case TaskSucceeded r:
                if (r.Outputs.Length != Manifest!.Graph.Steps[Step(r.Task)].ArtifactCount) throw new FormatException("a task has the wrong number of outputs");
                ref var done = ref RowOf(r.Task);
                if (IsDecided(done.Status)) return;
                Set(ref done, r.Origin is null ? FlowTaskStatus.Succeeded : FlowTaskStatus.Reused, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Origin);
                done.Outputs = r.Outputs;
                break;
            case TaskFailed r:
                ref var failed = ref RowOf(r.Task);
                if (!IsDecided(failed.Status)) Set(ref failed, FlowTaskStatus.Failed, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Error);
                break;
            case AttemptFailed r:
                ref var retried = ref RowOf(r.Task);
                if (!IsDecided(retried.Status)) Set(ref retried, FlowTaskStatus.Pending, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Error);
                break;
            case TaskStarted r:
                ref var started = ref RowOf(r.Task);
                if (!IsDecided(started.Status)) Set(ref started, FlowTaskStatus.Running, r.Attempt, r.AttemptId, r.At, default, null);
                break;
            case TasksBlocked r:
                Block(r);
                break;
            case DimensionSized r:
                if (r.Dimension >= _widths.Length) throw new FormatException("a dimension is not in the graph");
                _facts.Add(r);
                _widths[r.Dimension] ??= r.Width;
                Expand();
                break;
            case LogsWritten r:
                foreach (var segment in r.Segments) Step(segment.Task);
                _facts.Add(r);
                break;
            case InputFileStored r:
                if (r.Parameter >= Manifest!.Graph.Parameters.Length) throw new FormatException("a parameter is not in the graph");
                _facts.Add(r);
                break;
            case EpochStarted r:
                if (r.Epoch != epoch || r.Epoch != (Epoch is null ? 0 : Epoch.Epoch + 1)) throw new FormatException("an epoch does not follow the one before it");
                (Epoch, EpochSlot) = (r, Slots);
                foreach (var step in _steps) step.StopAttempts();
                break;
            case RunRegistered r:
                if (Manifest is not null) throw new FormatException("the run is registered twice");
                Manifest = r.Manifest;
                _widths = new int?[r.Manifest.Graph.Dimensions.Length];
                _steps = [.. r.Manifest.Graph.Steps.Select(s => new TaskTable.StepRows { IsSingle = s.Scope.Length == 0 })];
                Expand();
                break;
            case RunFinished r:
                End = r;
                break;
        }
    }

    private static void Set(ref TaskTable.Row row, FlowTaskStatus status, int attempt, ulong id, DateTimeOffset started, TimeSpan duration, object? detail) =>
        (row.Status, row.Attempts, row.AttemptId, row.Started, row.Duration, row.Detail) =
            (status, attempt, id, started.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, duration.Ticks, detail);

    private static bool IsDecided(FlowTaskStatus status) => status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused or FlowTaskStatus.Failed;

    private int Step(TaskAddress task) => task.Step < _steps.Length ? task.Step : throw new FormatException("a step is not in the graph");

    private ref TaskTable.Row RowOf(TaskAddress task)
    {
        var step = _steps[Step(task)];
        var position = step.IsSingle == task.Index.IsEmpty ? Math.Max(task.Index.Last, 0) : -1;
        if (position < 0 || position >= step.Count) throw new FormatException("a task cannot be");
        return ref step.At(position);
    }

    private void Block(TasksBlocked record)
    {
        if (record.Step >= _steps.Length || record.First < -1) throw new FormatException("a step is not in the graph");
        _facts.Add(record);
        var step = _steps[record.Step];
        if (record.First < 0 && step.Count == 0) (step.IsSingle, step.Count) = (true, 1); // its dimension will never exist
        step.Block(Math.Max(record.First, 0), record.Count, record.Cause);
    }

    private void Expand()
    {
        for (var i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Count > 0) continue;
            var count = 1L;
            foreach (var dimension in Manifest!.Graph.Steps[i].Scope) count *= _widths[dimension] ?? 0;
            _steps[i].Count = count <= int.MaxValue ? (int)count : throw new FormatException("a step has too many tasks");
        }
        if (_steps.Sum(s => (long)s.Count) > int.MaxValue) throw new FormatException("the run has too many tasks");
    }
}
