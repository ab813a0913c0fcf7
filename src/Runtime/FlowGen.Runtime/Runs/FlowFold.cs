using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>
/// Folds what the log says of the tasks of one flow: the run's own, or one that is a task of it, each of which has a fold of its own in turn. Of all outcomes of a task the first stands.
/// What cannot be is a <see cref="FormatException"/>.
/// </summary>
internal sealed class FlowFold
{
    private readonly GraphDescription _graph;
    private readonly OuterTask? _outer;
    private readonly List<LogsWritten> _logs = [];
    private readonly List<InputFileStored> _files = [];
    private Extents _extents = null!;
    private StepRows[] _steps = [];
    private SortedDictionary<TaskAddress, FlowFold>? _inner;
    private Hash256? _parameters;
    private Dictionary<TaskAddress, OpenTask> _open = [];
    private Dictionary<string, SliceState> _slices = [];

    /// <summary>Many tasks are skipped or blocked for one reason: one object serves them all.</summary>
    private object _lastReason = new();

    public FlowFold(GraphDescription graph, OuterTask? outer)
    {
        (_graph, _outer) = (graph, outer);
        Clear();
    }

    /// <summary>What is known of more than a single task.</summary>
    public IEnumerable<RunRecord> Facts =>
        (_parameters is { } parameters ? new RunRecord[] { new SubFlowOpened(parameters) } : [])
        .Concat(_extents.Records()).Concat(_steps.SelectMany(step => step.Records())).Concat(_files).Concat(_logs).Concat(_slices.Values.SelectMany(slice => slice.Records))
        .Concat((_inner ?? []).SelectMany(inner => inner.Value.Facts.Select(fact => new InSubFlow(inner.Key, fact))));

    /// <summary>The tasks that something is known of, in order.</summary>
    public IEnumerable<IndexRow> Rows =>
        _steps.SelectMany(step => step.Known().Select(known => new IndexRow(new TaskAddress(step.Step, known.Index, known.Iteration) { Outer = _outer }, known.Row)))
        .Concat((_inner ?? []).SelectMany(inner => inner.Value.Rows));

    /// <param name="record">Anything but what is about the run as a whole.</param>
    /// <param name="isRow">Whether single tasks are told of by rows, so that what is left of a range stays one, however short.</param>
    public void Add(RunRecord record, bool isRow = false)
    {
        switch (record)
        {
            case TaskSucceeded r:
                if (r.Outputs.Length != _graph.Steps[Step(r.Task)].ArtifactCount) throw new FormatException("a task has the wrong number of outputs");
                ref var done = ref RowOf(r.Task);
                if (done.IsDecided) return;
                done.Set(r.Origin is null ? FlowTaskStatus.Succeeded : FlowTaskStatus.Reused, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Origin);
                (done.Outputs, done.Marks, done.Key) = (r.Outputs, r.Marks, r.Key ?? default);
                _open.Remove(r.Task);
                break;
            case TaskFailed r:
                ref var failed = ref RowOf(r.Task);
                if (!failed.IsDecided) failed.Set(FlowTaskStatus.Failed, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Error);
                _open.Remove(r.Task);
                break;
            case AttemptFailed r:
                ref var retried = ref RowOf(r.Task);
                if (retried.IsDecided) return;
                retried.Set(FlowTaskStatus.Pending, r.Attempt, r.AttemptId, r.Started, r.Duration, r.Error);
                _open[r.Task] = OpenOf(r.Task).Failed(r);
                break;
            case TaskStarted r:
                ref var started = ref RowOf(r.Task);
                if (started.IsDecided) return;
                started.Set(FlowTaskStatus.Running, r.Attempt, r.AttemptId, r.At, default, null);
                var before = OpenOf(r.Task);
                _open[r.Task] = before with { Attempt = Math.Max(before.Attempt, r.Attempt), AttemptId = r.AttemptId, IsRunning = true, Slice = before.AttemptId == r.AttemptId ? before.Slice : null };
                break;
            case TasksBlocked r:
                Close(r.First, r.Count, r.Cause, isRow);
                break;
            case TasksSkipped r:
                Close(r.First, r.Count, r.Reason, isRow);
                break;
            case DimensionSized r:
                _extents.TryAdd(r);
                break;
            case LogsWritten r:
                foreach (var segment in r.Segments) Step(segment.Task);
                _logs.Add(r);
                break;
            case InputFileStored r:
                if (r.Parameter >= _graph.Parameters.Length) throw new FormatException("a parameter is not in the graph");
                _files.Add(r);
                break;
            case SliceDispatched r:
                Dispatch(r, isRow);
                break;
            case ProposalsRead r:
                Slice(r.Slice).Read[r.Worker] = r;
                break;
            case SliceEnded r:
                Slice(r.Slice).Ended = r;
                break;
            case InSubFlow r:
                Inner(r.Task).Add(r.Record, isRow);
                break;
            case SubFlowOpened r when _outer is not null:
                if (_parameters is { } known && known != r.Parameters) Clear();
                _parameters = r.Parameters;
                break;
            default:
                throw new FormatException("a record does not belong into a flow");
        }
    }

    /// <summary>Takes what an index says of a task.</summary>
    public void Add(in IndexRow row, int depth = 0)
    {
        var path = OuterTask.Path(row.Address.Outer);
        if (depth < path.Length)
        {
            Inner(path[depth] with { Outer = null }).Add(row, depth + 1);
            return;
        }

        ref var known = ref RowOf(row.Address);
        var outputs = row.Task.Status is FlowTaskStatus.Succeeded or FlowTaskStatus.Reused ? _graph.Steps[row.Address.Step].ArtifactCount : 0;
        if (row.Task.Outputs.Length != outputs) throw new FormatException("a task has the wrong number of outputs");
        if (row.Task.Detail is TaskAddress or SkipReason) Check(row.Task.Detail);
        known = row.Task;
    }

    /// <summary>A new driver begins: attempts that ran in the last one are gone.</summary>
    /// <param name="wasLost">Whether that one was lost, and did not hand the run over: perhaps because of a task that ran in it.</param>
    public void StopAttempts(bool wasLost)
    {
        foreach (var (task, open) in _open.ToArray())
        {
            if (!open.IsRunning || open.Slice is not null) continue;
            ref var row = ref RowOf(task);
            if (row.Status == FlowTaskStatus.Running) row.Status = FlowTaskStatus.Pending;
            _open[task] = open with { IsRunning = false, Deaths = open.Deaths + (wasLost && _graph.Steps[task.Step].SubFlow is null ? 1 : 0) };
        }

        foreach (var inner in _inner?.Values ?? Enumerable.Empty<FlowFold>()) inner.StopAttempts(wasLost);
    }

    /// <param name="stopped">Whether nothing runs any more.</param>
    public FlowState Build(bool stopped) => Fill(new FlowState(), stopped);

    /// <summary>Puts what is known into a state.</summary>
    public T Fill<T>(T state, bool stopped) where T : FlowState
    {
        (state.Graph, state.Outer, state.Parameters, state.Extents) = (_graph, _outer, _parameters, _extents);
        state.Steps = [.. _steps.Select(step => new StepTasks(step, stopped, _outer))];
        (state.Logs, state.InputFiles) = ([.. _logs], [.. _files]);
        (state.Open, state.Slices) = (_open, _slices);
        if (_inner is not null) state.SubFlows = _inner.ToImmutableDictionary(inner => inner.Key, inner => inner.Value.Build(stopped));
        return state;
    }

    private void Clear()
    {
        _extents = new Extents(_graph);
        _steps = [.. _graph.Steps.Select((step, i) => new StepRows(i, new StepScope(_extents, step.Scope), step.Loop is not null))];
        _logs.Clear();
        _files.Clear();
        (_inner, _open, _slices) = (null, [], []);
    }

    private OpenTask OpenOf(TaskAddress task) => _open.GetValueOrDefault(task) ?? new OpenTask();

    private void Dispatch(SliceDispatched r, bool isRow)
    {
        _slices.TryAdd(r.Slice, new SliceState(r));
        foreach (var (task, attempt, id) in r.Tasks)
        {
            var rows = _steps[Step(task)];
            if (!rows.CanBe(task.Index, task.Iteration)) throw new FormatException("a task cannot be");
            if (isRow || rows.IsDecided(task.Index, task.Iteration)) continue;
            var open = OpenOf(task);
            _open[task] = open with { Attempt = Math.Max(open.Attempt, attempt), AttemptId = id, Slice = r.Slice, IsRunning = false };
        }
    }

    private SliceState Slice(string name) => _slices.GetValueOrDefault(name) ?? throw new FormatException("a slice was never sent");

    private FlowFold Inner(TaskAddress task)
    {
        if (_inner?.TryGetValue(task, out var known) == true) return known;
        if (_graph.Steps[Step(task)].SubFlow is not { } graph) throw new FormatException("a step is not a sub-flow");
        // An index tells of sub-flows before it tells of the tasks that they are, so only what can be is asked here.
        if (!_steps[task.Step].CanBe(task.Index, task.Iteration)) throw new FormatException("a task cannot be");
        var made = new FlowFold(graph, new OuterTask(task with { Outer = _outer }));
        (_inner ??= []).Add(task, made);
        return made;
    }

    private int Step(TaskAddress task) => task.Step < _steps.Length ? task.Step : throw new FormatException("a step is not in the graph");

    private ref TaskRow RowOf(TaskAddress task) => ref _steps[Step(task)].At(task.Index, task.Iteration);

    private void Close(TaskAddress first, int count, object reason, bool asRange)
    {
        Check(reason);
        if (first.Iteration >= 0) throw new FormatException("a task cannot be");
        if (!_lastReason.Equals(reason)) _lastReason = reason;
        _steps[Step(first)].Close(first.Index, count, _lastReason, asRange);
    }

    private void Check(object reason)
    {
        if (reason is TaskAddress cause) Step(cause);
        else if (reason is SkipReason skipped && !_graph.Knows(skipped)) throw new FormatException("a decision is not in the graph");
    }
}
