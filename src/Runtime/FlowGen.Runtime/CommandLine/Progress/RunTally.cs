using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A run in numbers, as the driver tells it: what every progress view and the summary show.</summary>
internal sealed class RunTally
{
    private const int KeptFailures = 20;
    private readonly Extents _extents;
    private readonly StepScope[] _scopes;
    private readonly Dictionary<TaskAddress, RunningTask> _running = [];
    private int _growing;
    private readonly List<FailedTask> _failures = [];
    private readonly List<FailedTask> _contained = [];

    public RunTally(FlowDefinition flow)
    {
        Graph = GraphDescription.Of(flow);
        _extents = new Extents(Graph);
        _scopes = [.. Graph.Steps.Select(step => new StepScope(_extents, step.Scope))];
        _growing = flow.Steps.Count(step => !step.Scope.IsEmpty);
        Steps = [.. flow.Steps.Select(step => new StepTally(step.Name, step.Contained) { Total = step.Scope.IsEmpty ? 1 : null, IsExpanded = step.Scope.IsEmpty })];
    }

    public GraphDescription Graph { get; }

    public ImmutableArray<StepTally> Steps { get; }
    public IReadOnlyCollection<RunningTask> Running => _running.Values;

    /// <summary>The first failures, those that fail the run before others; <see cref="StepTally.Failed"/> counts all.</summary>
    public IReadOnlyList<FailedTask> Failures => _contained.Count == 0 ? _failures : [.. _failures, .. _contained];

    public string NameOf(TaskAddress task) => Steps[task.Step].Name + task.Suffix;

    /// <summary>The name of a task, with what people call its items.</summary>
    public string TitleOf(TaskAddress task) => TaskLabels.Of(Graph, _extents, task) is { } label ? $"{NameOf(task)} ({Printable.Line(label)})" : NameOf(task);

    public RunningTask? Find(TaskAddress task) => _running.GetValueOrDefault(task);

    public void Sized(DimensionSized sized)
    {
        if (!_extents.TryAdd(sized)) return;
        for (var i = 0; i < Steps.Length; i++)
        {
            if (Graph.Steps[i].Scope.Contains(sized.Dimension)) Steps[i].Total = (int)Math.Min((Steps[i].Total ?? 0) + _scopes[i].CountBecauseOf(sized.Dimension, sized.At), int.MaxValue);
        }

        Expand();
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
        if (outcome.Origin is null) step.Took += outcome.Duration;
        if ((outcome.Marks & TaskMarks.GoesOn) != 0) return;
        if (outcome.Origin is null) step.Succeeded++;
        else step.Reused++;
        Expand();
    }

    public void Failed(TaskFailed outcome)
    {
        var tail = Remove(outcome.Task)?.Tail ?? [];
        Steps[outcome.Task.Step].Failed++;
        Steps[outcome.Task.Step].Took += outcome.Duration;
        var step = Steps[outcome.Task.Step];
        var kept = step.IsContained ? _contained : _failures;
        if (kept.Count < KeptFailures) kept.Add(new FailedTask(outcome.Task, outcome.Attempt, outcome.Error, step.IsContained, tail));
        Expand();
    }

    public void Blocked(TasksBlocked blocked)
    {
        var step = Steps[blocked.First.Step];
        step.Blocked += blocked.Count;
        // What never came to be counts as one.
        if (blocked.First.Index.Count < Graph.Steps[blocked.First.Step].Scope.Length) step.Total = (step.Total ?? 0) + blocked.Count;
        Expand();
    }

    public void Skipped(TasksSkipped skipped)
    {
        Steps[skipped.First.Step].Skipped += skipped.Count;
        Expand();
    }

    /// <summary>A step has all its tasks when those that make its collections are done.</summary>
    private void Expand()
    {
        if (_growing == 0) return;
        for (var i = 0; i < Steps.Length; i++)
        {
            if (Steps[i].IsExpanded || Steps[i].Total is null || !Graph.Steps[i].Scope.All(IsKnown)) continue;
            Steps[i].IsExpanded = true;
            _growing--;
        }
    }

    private bool IsKnown(int dimension) => Graph.Dimensions[dimension] is { Kind: SourceKind.Artifact, Source: var source } ? Steps[Graph.Artifacts[source].Step].IsDone : true;

    private RunningTask? Remove(TaskAddress task)
    {
        if (_running.Remove(task, out var running)) Steps[task.Step].Running--;
        return running;
    }
}
