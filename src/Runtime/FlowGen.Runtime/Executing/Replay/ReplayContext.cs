using FlowGen.Executing.Logs;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;
using Microsoft.Extensions.Logging;

namespace FlowGen.Executing.Replay;

/// <summary>What a step sees of itself when it is run again: the facts of its recorded attempt. Nothing of it is kept.</summary>
internal sealed class ReplayContext(RunState run, TaskState task, string step, SecretMask mask, TimeProvider time) : StepContext, IDisposable
{
    private readonly Lock _lock = new();
    private string? _directory;

    public override string RunId => run.Manifest.Run.ToString();
    public override string Flow => run.Manifest.Run.Flow;
    public override string Step => step;
    public override string TaskName => run.NameOf(task.Address);
    public override IReadOnlyList<int> Index => task.Address.Index.ToArray();
    public override int Attempt => Math.Max(1, task.Attempts);
    public override IReadOnlyList<string> Tags => run.Manifest.Tags;
    public override ILogger Logger { get; } = new AttemptLogger(new AttemptOutput(time, static line => Console.Out.WriteLine(line), mask));

    /// <summary>Another one than the task's: what an external system has done must not be taken for what this asks.</summary>
    public override string IdempotencyKey { get; } = "replay-" + Guid.NewGuid().ToString("N");

    public override string TempDirectory
    {
        get
        {
            lock (_lock) return _directory ??= Directory.CreateTempSubdirectory("flowgen-replay-").FullName;
        }
    }

    public override void Progress(double fraction, string? message = null) { }

    public override Task Committed() => Task.CompletedTask;

    public void Dispose()
    {
        if (_directory is not null) Directory.Delete(_directory, recursive: true);
    }
}
