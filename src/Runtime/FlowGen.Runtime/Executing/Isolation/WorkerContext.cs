using FlowGen.Executing.Logs;
using FlowGen.Runs;
using Microsoft.Extensions.Logging;

namespace FlowGen.Executing.Isolation;

/// <summary>What a step sees of its attempt in a process of its own. What it logs goes to the console, which the driver reads.</summary>
internal sealed class WorkerContext(WorkerRequest request, ArtifactStore artifacts, WorkerChannel channel, TimeProvider time) : StepContext
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    public override string RunId => request.RunId;
    public override string Flow => request.Flow;
    public override string Step => request.Step;
    public override string TaskName => request.TaskName;
    public override IReadOnlyList<int> Index => request.Index.ToArray();
    public override int Attempt => request.Attempt;
    public override string IdempotencyKey => request.IdempotencyKey;
    public override IReadOnlyList<string> Tags => request.Tags;
    public override ILogger Logger { get; } = new AttemptLogger(new AttemptOutput(time, static line => Console.Out.WriteLine(line)));
    public override string TempDirectory => request.TempDirectory;

    internal override BlobRoom Blobs { get; } = new(artifacts);

    public override void Progress(double fraction, string? message = null) => _ = channel.SendAsync(WorkerMessage.Progress, writer =>
    {
        writer.Write(fraction);
        writer.Write(message is not null);
        if (message is not null) writer.Write(message);
    });

    public override Task Committed()
    {
        if (Interlocked.Exchange(ref _asked, 1) == 0) _ = channel.SendAsync(WorkerMessage.AskCommitted);
        return _committed.Task;
    }

    public void IsCommitted() => _committed.TrySetResult();
}
