using System.Collections.Concurrent;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Remembers what it hears, and lets tests wait for it.</summary>
internal class RecordingObserver : IRunObserver
{
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waits = [];
    private GraphDescription? _graph;

    public ConcurrentQueue<string> Events { get; } = [];
    public ConcurrentQueue<RunRecord> Outcomes { get; } = [];
    public ConcurrentQueue<string> Notices { get; } = [];

    /// <summary>Whether it remembers nothing but the start and the end.</summary>
    public bool IsForgetful { get; init; }

    /// <summary>Called when the run is registered, before anything starts.</summary>
    public Action? Started { get; set; }
    public RunManifest? Manifest { get; private set; }
    public RunFinished? End { get; private set; }

    /// <summary>Done when the event has been heard; fails after a minute of real time.</summary>
    public Task Heard(string text) => Until(() => Events.Contains(text));

    public Task Until(Func<bool> condition)
    {
        lock (_waits)
        {
            if (condition()) return Task.CompletedTask;
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((condition, met));
            return met.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public void RunStarted(RunManifest manifest, FlowDefinition flow, string store)
    {
        (Manifest, _graph) = (manifest, manifest.Graph);
        Add("started");
        Started?.Invoke();
    }

    public void DimensionSized(DimensionSized sized) => Add(sized.Outer is { } outer
        ? $"sized {Name(outer.Task)}/{_graph!.StepOf(outer.Task).SubFlow!.Dimensions[sized.Dimension].Name}{sized.At} {sized.Width}"
        : $"sized {_graph!.Dimensions[sized.Dimension].Name}{sized.At} {sized.Width}");
    public void AttemptStarted(TaskAddress task, int attempt) => Add($"start {Name(task)}#{attempt}");
    public void AttemptFailed(AttemptFailed failure) => Add($"retry {Name(failure.Task)}#{failure.Attempt} {failure.Error.Kind}");

    public void TaskFinished(RunRecord outcome)
    {
        if (IsForgetful) return;
        Outcomes.Enqueue(outcome);
        Add(outcome switch
        {
            TaskSucceeded { Origin: not null } reused => "reused " + Name(reused.Task),
            TaskSucceeded done => "done " + Name(done.Task),
            TaskFailed failed => $"failed {Name(failed.Task)}#{failed.Attempt} {failed.Error.Kind}",
            _ => "?",
        });
    }

    public void TasksBlocked(TasksBlocked blocked) =>
        Add($"blocked {Name(blocked.First)}+{blocked.Count} by {Name(blocked.Cause)}");

    public void TasksSkipped(TasksSkipped skipped) =>
        Add($"skipped {Name(skipped.First)}+{skipped.Count} because {_graph!.Describe(skipped.First, skipped.Reason)}");

    public void Progress(TaskAddress task, double fraction, string? message) => Add($"progress {Name(task)} {fraction} {message}");
    public void Line(TaskAddress task, string line) => Add($"line {Name(task)} {line}");

    public void Notice(string text)
    {
        Notices.Enqueue(text);
        Add("notice");
    }

    public void RunFinished(RunFinished end)
    {
        End = end;
        Add("finished " + end.Status.ToString().ToLowerInvariant());
    }

    private string Name(TaskAddress task) => _graph!.NameOf(task);

    protected virtual void Add(string text)
    {
        if (IsForgetful) return;
        Events.Enqueue(text);
        lock (_waits)
        {
            foreach (var (condition, met) in _waits.ToArray())
                if (condition()) met.TrySetResult();
        }
    }
}
