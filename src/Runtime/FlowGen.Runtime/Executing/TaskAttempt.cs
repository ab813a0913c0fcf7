using System.Security.Cryptography;
using System.Text;
using FlowGen.CompilerServices;
using FlowGen.Executing.Logs;
using FlowGen.Runs;
using Microsoft.Extensions.Logging;

namespace FlowGen.Executing;

/// <summary>
/// One attempt of a task, and what its step sees of it. Its outcome is decided once: by whoever claims it first, the code that returns or the time that is up (M5).
/// </summary>
internal sealed class TaskAttempt(RunScope run, TaskAddress task, int number, object?[] inputs, long since, CancellationToken stop) : StepContext
{
    private static readonly Lock Making = new();

    private readonly CancellationToken _stop = stop;
    private int _number = number;
    private TimeSpan? _elapsed;
    private CancellationTokenSource? _timedOut;
    private AttemptOutput? _output;
    private AttemptLogger? _logger;
    private string? _directory;
    private BlobRoom? _blobs;
    private int _claimed;

    /// <summary>Its task, in the flow that it is of.</summary>
    public TaskAddress Task { get; } = task;

    /// <summary>Its task, in the run.</summary>
    public TaskAddress Address => run.AddressOf(Task);

    /// <summary>Random, so that what a late attempt still says is never taken for another's (M3).</summary>
    public ulong Id { get; private set; } = NewId();

    public StepDefinition Definition { get; } = run.Flow.Steps[task.Step];

    /// <summary>Who runs the flow that it is of.</summary>
    public required Executor Executor { get; init; }

    /// <summary>Inputs by slot; first as they were found, then as the step gets them.</summary>
    public object?[] Inputs { get; } = inputs;

    /// <summary>What its outputs will be computed from, if that is known.</summary>
    public Hash256? Key { get; set; }

    /// <summary>By slot, where the bytes are of an input that is just the value.</summary>
    public StoredValue?[] Stored { get; init; } = [];

    /// <summary>Whether the inputs depend on what failed; the result is never taken over by a later run.</summary>
    public bool IsGivenErrors { get; init; }

    /// <summary>Of a loop, whether its method asked for a next iteration.</summary>
    public bool WantsAgain { get; set; }

    /// <summary>All that the inputs were computed from is in the log up to here.</summary>
    public long Since { get; } = since;

    public DateTimeOffset Started { get; private set; } = run.Time.GetUtcNow();

    private readonly long _timestamp = run.Time.GetTimestamp();

    public TimeSpan Elapsed => _elapsed ?? run.Time.GetElapsedTime(_timestamp);

    /// <summary>What an earlier driver of the run has done for the task.</summary>
    public OpenTask? Open { get; init; }

    /// <summary>Whether its outcome is in the log, from an earlier driver.</summary>
    public bool IsRecalled { get; set; }

    /// <summary>Whether it is not the first that the executor made of its task, for all that the scheduler knows.</summary>
    public bool IsResent { get; private set; }

    /// <summary>It is an attempt that an earlier driver has sent away.</summary>
    public void Adopt(int attempt, ulong id) => (_number, Id, IsResent) = (attempt, id, true);

    /// <summary>It is an attempt that was begun by an earlier driver, and written down.</summary>
    public void GoOn(OpenTask open)
    {
        Adopt(open.Attempt, open.AttemptId);
        IsRecorded = true;
    }

    /// <summary>It becomes another attempt: the place of the last one was lost before it began.</summary>
    public void Renew() => (_number, Id, IsResent) = (_number + 1, NewId(), true);

    /// <summary>It ran elsewhere.</summary>
    public void Ran(DateTimeOffset started, TimeSpan elapsed) => (Started, _elapsed) = (started, elapsed);

    private static ulong NewId() => (ulong)Random.Shared.NextInt64() | 1;

    /// <summary>Whether the log knows that it runs (H5).</summary>
    public bool IsRecorded { get; set; }

    /// <summary>When its time was up, if its code has not returned since.</summary>
    public long? AbandonedAt { get; set; }

    public AttemptOutput? OutputIfUsed => Volatile.Read(ref _output);

    public AttemptOutput Output
    {
        get
        {
            if (OutputIfUsed is { } output) return output;
            output = new AttemptOutput(run.Time, line => run.Echo.Add(Address, line), run.Mask);
            return Interlocked.CompareExchange(ref _output, output, null) ?? output;
        }
    }

    public CancellationToken CancellationToken { get; private set; } = stop;

    /// <summary>Whether the step's own code has been called.</summary>
    public bool IsInStep { get; set; }

    public bool IsClaimed => Volatile.Read(ref _claimed) != 0;

    /// <summary>Decides who tells the outcome.</summary>
    public bool TryClaim() => Interlocked.CompareExchange(ref _claimed, 1, 0) == 0;

    /// <summary>Gives the step a token of its own, for an attempt with a time limit.</summary>
    public void Limit()
    {
        _timedOut = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        CancellationToken = _timedOut.Token;
    }

    /// <summary>Tells the step that its time is up. Its callbacks run elsewhere, so that they cannot hold up the run.</summary>
    public void Cancel()
    {
        try
        {
            _ = _timedOut?.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The code has returned in this moment.
        }
    }

    /// <summary>The code has returned: nothing of the attempt is used any more.</summary>
    public void CleanUp()
    {
        _timedOut?.Dispose();
        if (_directory is null) return;
        try
        {
            Directory.Delete(_directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            run.Observer.Notice($"The temporary directory {_directory} of {TaskName} could not be removed: {e.Message}");
        }
    }

    public override string RunId => run.Run.ToString();
    public override string Flow => run.Flow.Name;
    public override string Step => Definition.Name;
    public override string TaskName => run.NameOf(Task);
    public override IReadOnlyList<int> Index => Task.Index.ToArray();
    public override int Attempt => _number;
    public override IReadOnlyList<string> Tags => run.Tags;
    public override ILogger Logger => _logger ??= new AttemptLogger(Output);

    public override string IdempotencyKey =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run.FirstOrigin + "/" + TaskName)).AsSpan(0, 16));

    public override string TempDirectory
    {
        get
        {
            // The step's code may ask from several threads.
            lock (Making) return _directory ??= Directory.CreateTempSubdirectory("flowgen-").FullName;
        }
    }

    internal override AttemptOutput Captured => Output;

    internal override BlobRoom Blobs => _blobs ?? Interlocked.CompareExchange(ref _blobs, new BlobRoom(run.Artifacts), null) ?? _blobs!;

    public override void Progress(double fraction, string? message = null)
    {
        if (!IsClaimed) run.Observer.Progress(Address, Math.Clamp(fraction, 0, 1), message is null ? null : run.Mask.Hide(message));
    }

    public override Task Committed() => run.Journal.WhenCommittedAsync(Since, CancellationToken).AsTask();
}
