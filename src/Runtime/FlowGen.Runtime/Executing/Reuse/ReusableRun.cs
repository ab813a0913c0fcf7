using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>
/// The results that an earlier run has of a flow, by their keys. A task is paired with that of the same index first, then with any of its step: an item that was inserted in front moves the others. Each
/// result is taken once, so that equal tasks (replicas of something random) stay as many as they were. What was given the error of another task is not taken.
/// </summary>
internal sealed class ReusableRun
{
    private readonly Lock _lock = new();
    private readonly EarlierFlow _earlier;
    private readonly IReadOnlySet<string> _takenLater;
    private readonly HashSet<TaskAddress> _taken = [];
    private readonly int[] _steps;
    private readonly Dictionary<Hash256, Queue<TaskState>>?[] _byKey;

    /// <param name="earlier">What the run says of the flow.</param>
    /// <param name="flow">Today's flow.</param>
    /// <param name="takenLater">Tasks whose results later runs of the chain have, as <c>flow/run/task</c>: they are taken from there.</param>
    public ReusableRun(EarlierFlow earlier, FlowDefinition flow, IReadOnlySet<string> takenLater)
    {
        (_earlier, _takenLater) = (earlier, takenLater);
        _steps = [.. flow.Steps.Select(step => earlier.Flow is null ? -1 : Find(earlier.Flow.Graph, step.Name))];
        _byKey = new Dictionary<Hash256, Queue<TaskState>>?[_steps.Length];
    }

    public RunManifest Run => _earlier.Run;

    /// <summary>Finds and takes a result.</summary>
    /// <param name="task">The task as it is called today.</param>
    /// <param name="key">Its key.</param>
    public TaskState? Take(TaskAddress task, Hash256 key)
    {
        if (_steps[task.Step] is not (>= 0 and var old)) return null;
        var flow = _earlier.Flow!;
        lock (_lock)
        {
            var same = task.Index.Count == flow.Graph.Steps[old].Scope.Length ? flow.Find(task with { Step = old, Outer = null }) : null;
            if (same is not null && same.Address.Iteration == task.Iteration && IsUsable(same, key) && _taken.Add(same.Address)) return same;
            var results = _byKey[task.Step] ??= Index(flow, old);
            if (!results.TryGetValue(key, out var equal)) return null;
            while (equal.TryDequeue(out var other))
                if (_taken.Add(other.Address)) return other;
            return null;
        }
    }

    /// <summary>The task that made the results of a task, as <c>flow/run/task</c>: itself, or that of an earlier run.</summary>
    public string MakerOf(TaskState task) => task.Origin ?? $"{Run.Run}/{Run.Graph.NameOf(task.Address)}";

    /// <summary>Tasks of earlier runs whose results this one or a later one has.</summary>
    public IEnumerable<string> Taken() =>
        (_earlier.Flow is null ? [] : _earlier.Flow.Tasks.Where(task => task.HasSucceeded && task.Origin is not null).Select(task => task.Origin!)).Concat(_takenLater);

    /// <summary>The position of a step in another graph, or -1.</summary>
    public static int Find(GraphDescription graph, string step)
    {
        for (var s = 0; s < graph.Steps.Length; s++)
            if (graph.Steps[s].Name == step) return s;
        return -1;
    }

    private Dictionary<Hash256, Queue<TaskState>> Index(FlowState flow, int step)
    {
        var results = new Dictionary<Hash256, Queue<TaskState>>();
        foreach (var task in flow.TasksOf(step))
        {
            if (task.Key is not { } key || !IsUsable(task, key)) continue;
            if (!results.TryGetValue(key, out var equal)) results.Add(key, equal = new Queue<TaskState>());
            equal.Enqueue(task);
        }

        return results;
    }

    private bool IsUsable(TaskState task, Hash256 key) =>
        task.HasSucceeded && task.Key == key && (task.Marks & TaskMarks.GivenError) == 0 && (_takenLater.Count == 0 || !_takenLater.Contains(MakerOf(task)));
}
