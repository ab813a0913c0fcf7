using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>How far one step is.</summary>
internal sealed class StepTally(string name)
{
    public string Name { get; } = name;

    /// <summary>Number of its tasks, or <c>null</c> while its dimension is not known.</summary>
    public int? Total { get; set; }
    public int Succeeded { get; set; }
    public int Reused { get; set; }
    public int Failed { get; set; }
    public int Blocked { get; set; }
    public int Skipped { get; set; }
    public int Running { get; set; }

    /// <summary>Time its tasks took together.</summary>
    public TimeSpan Took { get; set; }

    public int Done => Succeeded + Reused + Failed + Blocked + Skipped;
}

/// <summary>An attempt that is running.</summary>
internal sealed class RunningTask(TaskAddress address, int attempt, long since)
{
    private const int TailLength = 10;
    private Queue<string>? _tail;

    public TaskAddress Address { get; } = address;
    public int Attempt { get; } = attempt;
    public long Since { get; } = since;
    public double? Fraction { get; set; }
    public string? Message { get; set; }

    /// <summary>The last lines it wrote.</summary>
    public IReadOnlyCollection<string> Tail => _tail ?? (IReadOnlyCollection<string>)[];

    public void Add(string line)
    {
        _tail ??= new Queue<string>(TailLength);
        if (_tail.Count == TailLength) _tail.Dequeue();
        _tail.Enqueue(line);
    }
}

/// <summary>A task that failed for good.</summary>
internal sealed record FailedTask(TaskAddress Address, int Attempts, TaskError Error, IReadOnlyCollection<string> Tail);

/// <summary>A run in numbers, as the driver tells it: what every progress view and the summary show.</summary>
internal sealed class RunTally
{
    private const int KeptFailures = 20;
    private readonly Extents _extents;
    private readonly StepScope[] _scopes;
    private readonly Dictionary<TaskAddress, RunningTask> _running = [];
    private readonly List<FailedTask> _failures = [];

    public RunTally(FlowDefinition flow)
    {
        Graph = GraphDescription.Of(flow);
        _extents = new Extents(Graph);
        _scopes = [.. Graph.Steps.Select(step => new StepScope(_extents, step.Scope))];
        Steps = [.. flow.Steps.Select(step => new StepTally(step.Name) { Total = step.Scope.IsEmpty ? 1 : null })];
    }

    public GraphDescription Graph { get; }

    public ImmutableArray<StepTally> Steps { get; }
    public IReadOnlyCollection<RunningTask> Running => _running.Values;

    /// <summary>The first failures; <see cref="StepTally.Failed"/> counts all.</summary>
    public IReadOnlyList<FailedTask> Failures => _failures;

    public string NameOf(TaskAddress task) => Steps[task.Step].Name + task.Suffix;

    public RunningTask? Find(TaskAddress task) => _running.GetValueOrDefault(task);

    public void Sized(DimensionSized sized)
    {
        if (!_extents.TryAdd(sized)) return;
        for (var i = 0; i < Steps.Length; i++)
        {
            if (Graph.Steps[i].Scope.Contains(sized.Dimension)) Steps[i].Total = (int)Math.Min((Steps[i].Total ?? 0) + _scopes[i].CountBecauseOf(sized.Dimension, sized.At), int.MaxValue);
        }
    }

    public void AttemptStarted(TaskAddress task, int attempt, long now)
    {
        if (!_running.ContainsKey(task)) Steps[task.Step].Running++;
        _running[task] = new RunningTask(task, attempt, now);
    }

    /// <summary>Failures are told when they are durable: the next attempt may be running by then.</summary>
    public void AttemptFailed(TaskAddress task, int attempt)
    {
        if (Find(task)?.Attempt == attempt) Remove(task);
    }

    public void Succeeded(TaskSucceeded outcome)
    {
        Remove(outcome.Task);
        var step = Steps[outcome.Task.Step];
        if (outcome.Origin is null)
        {
            step.Succeeded++;
            step.Took += outcome.Duration;
        }
        else
        {
            step.Reused++;
        }
    }

    public void Failed(TaskFailed outcome)
    {
        var tail = Remove(outcome.Task)?.Tail ?? [];
        Steps[outcome.Task.Step].Failed++;
        Steps[outcome.Task.Step].Took += outcome.Duration;
        if (_failures.Count < KeptFailures) _failures.Add(new FailedTask(outcome.Task, outcome.Attempt, outcome.Error, tail));
    }

    public void Blocked(TasksBlocked blocked) => Steps[blocked.First.Step].Blocked += blocked.Count;

    public void Skipped(TasksSkipped skipped) => Steps[skipped.First.Step].Skipped += skipped.Count;

    private RunningTask? Remove(TaskAddress task)
    {
        if (_running.Remove(task, out var running)) Steps[task.Step].Running--;
        return running;
    }
}
