using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A run in numbers, as the driver tells it: what every progress view and the summary show. The steps of a sub-flow are counted together, however many tasks are that flow.</summary>
internal sealed class RunTally
{
    private const int KeptFailures = 20;
    private readonly Dictionary<TaskAddress, RunningTask> _running = [];
    private readonly FlowTally _flow;
    private readonly Dictionary<OuterTask, FlowTally> _inner = [];
    private readonly Dictionary<string, StepTally> _byName;
    private readonly List<FailedTask> _failures = [];
    private readonly List<FailedTask> _contained = [];

    public RunTally(FlowDefinition flow)
    {
        Graph = GraphDescription.Of(flow);
        Steps = [.. Graph.AllSteps().Select(step => new StepTally(step.Name, step.Step.Contained))];
        _byName = Steps.ToDictionary(step => step.Name);
        _flow = new FlowTally(Graph, [.. Graph.Steps.Select(step => _byName[step.Name])]);
    }

    public GraphDescription Graph { get; }

    /// <summary>Those of a sub-flow after the step that it is.</summary>
    public ImmutableArray<StepTally> Steps { get; }
    public IReadOnlyCollection<RunningTask> Running => _running.Values;

    /// <summary>The first failures, those that fail the run before others; <see cref="StepTally.Failed"/> counts all. A sub-flow that failed because of a task inside is told by that task.</summary>
    public IReadOnlyList<FailedTask> Failures => _contained.Count == 0 ? _failures : [.. _failures, .. _contained];

    public string NameOf(TaskAddress task) => Graph.NameOf(task);

    /// <summary>The step of a task.</summary>
    public StepTally StepOf(TaskAddress task) => FlowOf(task.Outer).Steps[task.Step];

    /// <summary>The name of a task, with what people call its items.</summary>
    public string TitleOf(TaskAddress task) => FlowOf(task.Outer).LabelOf(task) is { } label ? $"{NameOf(task)} ({Printable.Line(label)})" : NameOf(task);

    public RunningTask? Find(TaskAddress task) => _running.GetValueOrDefault(task);

    public void Sized(DimensionSized sized) => FlowOf(sized.Outer).Sized(sized);

    public void AttemptStarted(TaskAddress task, int attempt, long now)
    {
        if (!_running.ContainsKey(task)) StepOf(task).Running++;
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
        Close(outcome.Task);
        var (flow, step) = (FlowOf(outcome.Task.Outer), StepOf(outcome.Task));
        if (outcome.Origin is null) step.Took += outcome.Duration;
        if ((outcome.Marks & TaskMarks.GoesOn) != 0) return;
        if (outcome.Origin is null) step.Succeeded++;
        else step.Reused++;
        flow.Done(outcome.Task.Step, 1);
    }

    public void Failed(TaskFailed outcome)
    {
        var tail = Remove(outcome.Task)?.Tail ?? [];
        var (flow, step) = (FlowOf(outcome.Task.Outer), StepOf(outcome.Task));
        step.Failed++;
        step.Took += outcome.Duration;
        var isInside = Graph.StepOf(outcome.Task).SubFlow is not null && _inner.TryGetValue(new OuterTask(outcome.Task), out var inner) && inner.HasFailed;
        flow.HasFailed |= !Graph.StepOf(outcome.Task).Contained;
        Close(outcome.Task);
        flow.Done(outcome.Task.Step, 1);
        if (isInside) return;
        var isContained = Graph.IsContained(outcome.Task);
        var kept = isContained ? _contained : _failures;
        if (kept.Count < KeptFailures) kept.Add(new FailedTask(outcome.Task, outcome.Attempt, outcome.Error, isContained, tail));
    }

    public void Blocked(TasksBlocked blocked)
    {
        StepOf(blocked.First).Blocked += blocked.Count;
        FlowOf(blocked.First.Outer).Blocked(blocked);
    }

    public void Skipped(TasksSkipped skipped)
    {
        StepOf(skipped.First).Skipped += skipped.Count;
        FlowOf(skipped.First.Outer).Done(skipped.First.Step, skipped.Count);
    }

    /// <summary>What is known of a flow: the run's, or one that a task is, which is new where nothing was heard of it yet.</summary>
    private FlowTally FlowOf(OuterTask? outer)
    {
        if (outer is null) return _flow;
        if (_inner.TryGetValue(outer, out var known)) return known;
        var graph = Graph.StepOf(outer.Task).SubFlow!;
        var path = string.Concat(OuterTask.Path(outer).Select(task => Graph.StepOf(task).Name + "/"));
        var made = new FlowTally(graph, [.. graph.Steps.Select(step => _byName[path + step.Name])]);
        _inner.Add(outer, made);
        return made;
    }

    /// <summary>The flow that a task is, if it is one, is over.</summary>
    private void Close(TaskAddress task)
    {
        if (_inner.Count > 0) _inner.Remove(new OuterTask(task));
    }

    private RunningTask? Remove(TaskAddress task)
    {
        if (_running.Remove(task, out var running)) StepOf(task).Running--;
        return running;
    }
}
