using FlowGen.Executing.Logs;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;
using Microsoft.Extensions.Logging;

namespace FlowGen.Executing.Remote;

/// <summary>What a step sees of its attempt in a worker elsewhere.</summary>
internal sealed class SliceContext(RunManifest manifest, string flow, string step, int position, SliceTask task, ArtifactStore artifacts, ProposalWriter proposals, SecretMask mask, TimeProvider time) : StepContext, IDisposable
{
    private readonly Lock _lock = new();
    private string? _directory;
    private AttemptLogger? _logger;

    /// <summary>What it writes.</summary>
    public AttemptOutput Output { get; } = new(time, static _ => { }, mask);

    /// <summary>Whether the step's own code has been called.</summary>
    public bool IsInStep { get; set; }

    /// <summary>Whether it has returned.</summary>
    public bool IsStoring { get; set; }

    public override string RunId => manifest.Run.ToString();
    public override string Flow => flow;
    public override string Step => step;
    public override string TaskName => task.Name;
    public override IReadOnlyList<int> Index => task.Task.Index.ToArray();
    public override int Attempt => task.Attempt;
    public override string IdempotencyKey => task.IdempotencyKey;
    public override IReadOnlyList<string> Tags => manifest.Tags;
    public override ILogger Logger => _logger ??= new AttemptLogger(Output);

    public override string TempDirectory
    {
        get
        {
            lock (_lock) return _directory ??= Directory.CreateTempSubdirectory("flowgen-").FullName;
        }
    }

    internal override BlobRoom Blobs { get; } = new(artifacts);

    internal override AttemptOutput Captured => Output;

    public override void Progress(double fraction, string? message = null) => proposals.Progress(position, Math.Clamp(fraction, 0, 1), message is null ? null : mask.Hide(message));

    /// <summary>Nothing is sent to a worker before it is durable (H3).</summary>
    public override Task Committed() => Task.CompletedTask;

    public void Dispose()
    {
        if (_directory is null) return;
        try
        {
            Directory.Delete(_directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The temporary directory {_directory} of {task.Name} could not be removed: {e.Message}");
        }
    }
}
