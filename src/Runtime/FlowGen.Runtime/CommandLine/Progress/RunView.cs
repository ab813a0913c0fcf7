using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Shows a run while it runs. Keeps the tally; derived views draw it.</summary>
internal abstract class RunView(FlowDefinition flow, TimeProvider time) : IRunObserver, IAsyncDisposable
{
    /// <summary>Steps with more tasks are shown by their counts, not task by task.</summary>
    protected const int WideStep = 20;

    private readonly long _since = time.GetTimestamp();

    public RunTally Tally { get; } = new(flow);

    protected TimeProvider Time { get; } = time;

    /// <summary>The flow.</summary>
    public FlowDefinition Flow { get; } = flow;

    /// <summary>Since the run was asked for here.</summary>
    public TimeSpan Elapsed => Time.GetElapsedTime(_since);

    public RunManifest? Manifest { get; private set; }

    public virtual void RunStarted(RunManifest manifest, FlowDefinition flow, string store) => Manifest = manifest;

    public virtual void DimensionSized(DimensionSized sized) => Tally.Sized(sized);

    public virtual void AttemptStarted(TaskAddress task, int attempt) => Tally.AttemptStarted(task, attempt, Time.GetTimestamp());

    public virtual void AttemptFailed(AttemptFailed failure) => Tally.AttemptFailed(failure.Task, failure.Attempt);

    public virtual void TaskFinished(RunRecord outcome)
    {
        if (outcome is TaskSucceeded succeeded) Tally.Succeeded(succeeded);
        else if (outcome is TaskFailed failed) Tally.Failed(failed);
    }

    public virtual void TasksBlocked(TasksBlocked blocked) => Tally.Blocked(blocked);

    public virtual void TasksSkipped(TasksSkipped skipped) => Tally.Skipped(skipped);

    public virtual void Progress(TaskAddress task, double fraction, string? message)
    {
        if (Tally.Find(task) is not { } running) return;
        running.Fraction = fraction;
        running.Message = message;
    }

    public virtual void Line(TaskAddress task, string line) => Tally.Find(task)?.Add(line);

    public abstract void Notice(string text);

    public virtual void RunFinished(RunFinished end) { }

    /// <summary>Leaves the output ready for the summary.</summary>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Lines are told at once, sizes when they are durable: until then the index tells.
    protected bool IsWide(TaskAddress task) => task.Index.Last >= WideStep || task.Iteration >= WideStep || Tally.StepOf(task).Total > WideStep;

    /// <summary>What people read of an exception: its type without the namespace, and its message.</summary>
    public static string Describe(TaskError error) => Printable.Line($"{error.Type[(error.Type.LastIndexOf('.') + 1)..]}: {error.Message}", 500);
}
