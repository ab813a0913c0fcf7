using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>One fact in the log of a run. Later records never contradict earlier ones: of all outcomes of a task the first stands.</summary>
internal abstract record RunRecord;

/// <summary>Slot 0: the run exists.</summary>
internal sealed record RunRegistered(RunManifest Manifest) : RunRecord;

/// <summary>A driver owns the run from here on (C1).</summary>
internal sealed record EpochStarted(int Epoch, DriverProcess Driver, DateTimeOffset At) : RunRecord;

/// <summary>The content of an input file is stored. Written after the registration, as blobs may be put only then (C5), and before any task starts.</summary>
/// <param name="Parameter">Position of the parameter.</param>
/// <param name="Position">Position among the files of that parameter, from 0.</param>
/// <param name="Content">The content.</param>
internal sealed record InputFileStored(int Parameter, int Position, StoredValue Content) : RunRecord;

/// <summary>A collection of a dimension is known.</summary>
/// <param name="Dimension">Position of the dimension.</param>
/// <param name="At">Index of the task that made the collection: a nested dimension has one for each. Empty if there is only one.</param>
/// <param name="Width">Number of its items; 0 if the task that would have made it was skipped.</param>
internal sealed record DimensionSized(int Dimension, TaskIndex At, int Width) : RunRecord
{
    /// <summary>For those who are told, the task whose flow the dimension is of; not part of the record.</summary>
    public OuterTask? Outer { get; init; }

    /// <summary>What people call the first items, <c>null</c> for an item without a label; empty if the dimension has none.</summary>
    public ImmutableArray<string?> Labels { get; init; } = [];
}

/// <summary>An attempt has been running for a while, or must be known before it runs (H5).</summary>
internal sealed record TaskStarted(TaskAddress Task, int Attempt, ulong AttemptId, DateTimeOffset At) : RunRecord;

/// <summary>An attempt failed and the task will be tried again.</summary>
internal sealed record AttemptFailed(TaskAddress Task, int Attempt, ulong AttemptId, DateTimeOffset Started, TimeSpan Duration, TaskError Error, TimeSpan RetryAfter) : RunRecord;

/// <summary>
/// A task succeeded; its outputs are accepted. <paramref name="Origin"/> names the run and task they were taken over from, if they were; <paramref name="Key"/> says what they were computed from,
/// if that is known (docs/reuse.md).
/// </summary>
internal sealed record TaskSucceeded(
    TaskAddress Task, int Attempt, ulong AttemptId, DateTimeOffset Started, TimeSpan Duration, ImmutableArray<StoredValue> Outputs, string? Origin = null, TaskMarks Marks = TaskMarks.None,
    Hash256? Key = null) : RunRecord;

/// <summary>What the code of the run's steps is made of, as text. Up to 4 KiB it is in the record; above, a blob that all runs of the same code share.</summary>
internal sealed record CodeDescribed(StoredValue Text) : RunRecord;

/// <summary>A task failed for good.</summary>
internal sealed record TaskFailed(TaskAddress Task, int Attempt, ulong AttemptId, DateTimeOffset Started, TimeSpan Duration, TaskError Error) : RunRecord;

/// <summary>Tasks of one step can never start.</summary>
/// <param name="First">The first; the others differ from it in the last number alone. With fewer numbers than its step has dimensions: all tasks whose index would begin so, which never came to be.</param>
/// <param name="Count">How many.</param>
/// <param name="Cause">The task whose failure is the root of it.</param>
internal sealed record TasksBlocked(TaskAddress First, int Count, TaskAddress Cause) : RunRecord;

/// <summary>It was decided that tasks of one step need not run.</summary>
/// <param name="First">The first; the others differ from it in the last number alone.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">What decided it.</param>
internal sealed record TasksSkipped(TaskAddress First, int Count, SkipReason Reason) : RunRecord;

/// <summary>Where log lines are: a pack of lines of many attempts, and which attempts it has lines of (M13).</summary>
internal sealed record LogsWritten(StoredValue Pack, ImmutableArray<LogSegment> Segments) : RunRecord;

/// <summary>Lines of one attempt inside a log pack.</summary>
internal readonly record struct LogSegment(TaskAddress Task, ulong AttemptId, int Offset, int Length);

/// <summary>A record of a flow that is a task of another: all tasks in it are tasks of that flow.</summary>
/// <param name="Task">The task of the outer flow.</param>
/// <param name="Record">What happened inside; another such record in a sub-flow of a sub-flow.</param>
internal sealed record InSubFlow(TaskAddress Task, RunRecord Record) : RunRecord;

/// <summary>A sub-flow starts; only inside of <see cref="InSubFlow"/>. What was recorded of it before under other parameters counts no more.</summary>
/// <param name="Parameters">Hash of the encoded values of its parameters: where they are the same, a later run may take over what it has finished.</param>
internal sealed record SubFlowOpened(Hash256 Parameters) : RunRecord;

/// <summary>Steps of the run are sent to an engine.</summary>
/// <param name="Engine">Name of the engine.</param>
/// <param name="Settings">What is set for it; no secrets.</param>
/// <param name="Program">What a job starts: a path or a reference to an image.</param>
/// <param name="HasDriverJob">Whether a job of the engine drives the run, and not the process that started it.</param>
/// <param name="Options">How the run is driven, such as <c>max-parallel</c>, by the names of the options: whoever drives it next does the same.</param>
internal sealed record RunSubmitted(string Engine, ImmutableSortedDictionary<string, string> Settings, string Program, bool HasDriverJob, ImmutableSortedDictionary<string, string> Options) : RunRecord
{
    /// <summary>The engine that is this machine: it starts the driver, which runs the steps itself.</summary>
    public const string Local = "local";
}

/// <summary>The driver has handed the run over: another may take it at once (C7). What runs elsewhere goes on.</summary>
internal sealed record RunReleased(DateTimeOffset At) : RunRecord;

/// <summary>Tasks of one step are sent to the engine as one job. Durable before the engine is asked for it (H4).</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="Job">Name of the job.</param>
/// <param name="At">When.</param>
/// <param name="Tasks">The attempts, in the order in which the worker takes them.</param>
internal sealed record SliceDispatched(string Slice, string Job, DateTimeOffset At, ImmutableArray<DispatchedTask> Tasks) : RunRecord;

/// <summary>An attempt that is part of a slice.</summary>
internal readonly record struct DispatchedTask(TaskAddress Task, int Attempt, ulong AttemptId);

/// <summary>The first segments of a worker's proposals have been read: what they say of starts and log lines is in the log up to here.</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="Worker">Random id of the process.</param>
/// <param name="Count">How many segments.</param>
/// <param name="Host">The machine that it runs on, as it says itself.</param>
internal sealed record ProposalsRead(string Slice, Guid Worker, int Count, string Host) : RunRecord;

/// <summary>The job of a slice is over, and all that it proposed has been read.</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="At">When it was found out.</param>
/// <param name="Reason">Why it ended without doing all its tasks, in the engine's words; <c>null</c> if it did them.</param>
/// <param name="Place">The machine, as the engine calls it, if it said so.</param>
/// <param name="EngineId">What the engine calls the job, if it said so.</param>
internal sealed record SliceEnded(string Slice, DateTimeOffset At, string? Reason, string? Place, string? EngineId) : RunRecord;

/// <summary>The last record: the run is closed for ever.</summary>
/// <param name="Status">Succeeded, failed or cancelled.</param>
/// <param name="Finished">When, by the driver's clock.</param>
/// <param name="Duration">By one process's monotonic clock; of the last epoch.</param>
/// <param name="Reason">Why it is not a success, in words.</param>
internal sealed record RunFinished(RunStatus Status, DateTimeOffset Finished, TimeSpan Duration, string? Reason) : RunRecord;
