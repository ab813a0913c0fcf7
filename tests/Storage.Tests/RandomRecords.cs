using FlowGen;
using FlowGen.Runs;

namespace Storage.Tests;

/// <summary>Records that a driver could write, of a flow with one dimension or with several, a loop and a decision, whose steps may be sub-flows; tasks that are decided may be spoken of again.</summary>
internal sealed class RandomRecords(Random random, GraphDescription? graph = null)
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private readonly Dictionary<(int, TaskIndex), int> _widths = [];
    private readonly Dictionary<(int, TaskIndex), int> _iterations = [];
    private readonly bool _isWide = random.Next(4) == 0;

    private readonly Dictionary<TaskAddress, RandomRecords> _inner = [];
    private int _slices;

    public GraphDescription Graph { get; } = graph ?? WithSubFlows(random.Next(3) == 0 ? Samples.Graph : Samples.Nested, random, depth: random.Next(3));

    private static GraphDescription WithSubFlows(GraphDescription graph, Random random, int depth) => depth == 0 ? graph : graph with
    {
        Steps = [.. graph.Steps.Select(step => random.Next(2) == 0 ? step : step with { SubFlow = WithSubFlows(random.Next(2) == 0 ? Samples.Graph : Samples.Nested, random, depth - 1) })],
    };

    public RunRecord Next()
    {
        if (random.Next(5) == 0 && Sized() is { } sized) return sized;
        if (_slices > 0 && random.Next(9) == 0)
            return random.Next(2) == 0
                ? new ProposalsRead(SliceName.Of(0, random.Next(_slices)), new Guid(random.Next(3), 0, 0, new byte[8]), random.Next(5), "node7")
                : new SliceEnded(SliceName.Of(0, random.Next(_slices)), At, random.Next(2) == 0 ? "preempted" : null, "node7", "4711");
        if (Task() is not { } task) return new TaskStarted(new(0), 1, 1, At);
        if (random.Next(3) > 0 && Graph.Steps[task.Step].SubFlow is { } flow) return new InSubFlow(task, Inside(task, flow));
        var (attempt, id, at, took) = (random.Next(0, 5), (ulong)random.NextInt64(), At.AddTicks(random.NextInt64(1_000_000_000)), new TimeSpan(random.NextInt64(1_000_000)));
        var error = new TaskError((TaskErrorKind)random.Next(4), "System.Exception", new string('m', random.Next(2000)), random.Next(2) == 0 ? null : "at Fit()");
        var marks = task.Iteration >= 0 && random.Next(3) > 0 ? TaskMarks.GoesOn : (TaskMarks)random.Next(8);
        if (random.Next(9) == 0) return new SliceDispatched(SliceName.Of(0, _slices++), "job", At, [new DispatchedTask(task, attempt, id)]);
        var kind = random.Next(10);
        if (kind < 7 && task.Iteration >= 0) _iterations[(task.Step, task.Index)] = Math.Max(_iterations.GetValueOrDefault((task.Step, task.Index)), task.Iteration + 1);
        switch (kind)
        {
            case < 4: return new TaskSucceeded(task, attempt, id, at, took, [.. Enumerable.Range(0, Graph.Steps[task.Step].ArtifactCount).Select(_ => Value())], random.Next(4) == 0 ? "sample/000000000-00000000" : null, marks,
                random.Next(2) == 0 ? Hash256.Of(BitConverter.GetBytes(id)) : null);
            case 4: return new TaskFailed(task, attempt, id, at, took, error);
            case 5: return new AttemptFailed(task, attempt, id, at, took, error, TimeSpan.FromSeconds(random.Next(9)));
            case 6: return new TaskStarted(task, attempt, id, at);
            case 7: return Closed(task);
            case 8 when Graph.Steps[task.Step].Scope.Length > task.Index.Count - 1 && !task.Index.IsEmpty && random.Next(4) == 0:
                return Lost(task);
            default: return new LogsWritten(Value(), [new LogSegment(task, id, random.Next(9), random.Next(99))]);
        }
    }

    public StoredValue Value() => random.Next(8) switch
    {
        0 => Plain().Referring(new BlobReferences([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Plain())], null)),
        1 => Plain().Referring(new BlobReferences(default, Plain())),
        2 when random.Next(2) == 0 => Plain().Referring(new BlobReferences(default, Plain())).Indexed(Plain()),
        2 => Plain().Indexed(Plain()),
        _ => Plain(),
    };

    private StoredValue Plain() => random.Next(6) switch
    {
        0 => StoredValue.Of([]),
        1 => StoredValue.Of(Samples.Random(random.Next(1, 4097), random.Next())),
        2 => StoredValue.Of(Samples.Random(random.Next(4097, 20_000), random.Next())),
        3 => StoredValue.InBlob(Hash256.Of(Samples.Random(9)), 2_000_000, 0),
        _ => StoredValue.Of(Samples.Random(8, random.Next())),
    };

    private RunRecord Inside(TaskAddress task, GraphDescription flow)
    {
        if (random.Next(9) > 0 && _inner.TryGetValue(task, out var known)) return known.Next();
        // Perhaps with other parameters than before: then nothing that was known of it counts.
        _inner[task] = new RandomRecords(random, flow);
        return new SubFlowOpened(Hash256.Of(Samples.Random(8, random.Next())));
    }

    private RunRecord Closed(TaskAddress task)
    {
        var first = task with { Iteration = -1 };
        var count = 1;
        if (!task.Index.IsEmpty && WidthAt(task.Step, task.Index) is var width) count = random.Next(1, width - task.Index.Last + 1);
        return Graph.Decisions.Length > 0 && random.Next(2) == 0 ? new TasksSkipped(first, count, new SkipReason(0, random.Next(-1, 2))) : new TasksBlocked(first, count, new TaskAddress(0));
    }

    /// <summary>Tasks that will not exist: those below a node of the tree, and below some of its neighbours.</summary>
    private TasksBlocked Lost(TaskAddress task)
    {
        var first = TaskIndex.Of(task.Index.ToArray().AsSpan()[..random.Next(task.Index.Count)]);
        return new TasksBlocked(new TaskAddress(task.Step, first), first.IsEmpty ? 1 : random.Next(1, WidthAt(task.Step, first) - first.Last + 1), new TaskAddress(0));
    }

    /// <summary>How many there are that differ from an index in the last number only.</summary>
    private int WidthAt(int step, TaskIndex index)
    {
        var scope = Graph.Steps[step].Scope;
        return _widths[(scope[index.Count - 1], AtOf(scope[index.Count - 1], scope, index.ToArray()))];
    }

    /// <summary>The size of a collection that can be known by now; perhaps of one that is.</summary>
    private DimensionSized? Sized()
    {
        var dimension = random.Next(Graph.Dimensions.Length);
        if (Index([.. Graph.ScopeOf(Graph.Dimensions[dimension])]) is not { } at) return null;
        var width = random.Next(_isWide ? 60 : 4);
        _widths.TryAdd((dimension, at), width);
        return new DimensionSized(dimension, at, width) { Labels = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, Math.Min(width, 2)).Select(i => random.Next(3) == 0 ? null : $"item {i}")] };
    }

    /// <summary>A task that exists by now.</summary>
    private TaskAddress? Task()
    {
        var step = random.Next(Graph.Steps.Length);
        if (Index([.. Graph.Steps[step].Scope]) is not { } index) return null;
        if (Graph.Steps[step].Loop is null) return new TaskAddress(step, index);
        var known = _iterations.GetValueOrDefault((step, index));
        return new TaskAddress(step, index, random.Next(known + 1));
    }

    private TaskIndex? Index(int[] scope)
    {
        var numbers = new int[scope.Length];
        for (var level = 0; level < scope.Length; level++)
        {
            if (!_widths.TryGetValue((scope[level], AtOf(scope[level], [.. scope], numbers)), out var width) || width == 0) return null;
            numbers[level] = random.Next(width);
        }

        return TaskIndex.Of(numbers);
    }

    private TaskIndex AtOf(int dimension, IReadOnlyList<int> scope, int[] numbers) =>
        TaskIndex.Of([.. Graph.ScopeOf(Graph.Dimensions[dimension]).Select(outer => numbers[scope.ToList().IndexOf(outer)])]);
}
