using System.Buffers;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using FlowGen.CompilerServices;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Starting;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Isolation;

/// <summary>The worker's side: takes one attempt from the driver, runs it, gives back what came of it. It never outlives the driver.</summary>
internal static class WorkerProcess
{
    private const int DriverGone = 70;

    /// <summary>The driver listens before it starts a worker: one that does not answer was killed in between.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(IReadOnlyList<FlowDefinition> flows, string pipeName, Func<IServiceProvider>? services)
    {
        // Ctrl-C reaches every process of a terminal; the driver decides what it means.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
        if (await ConnectAsync(pipeName, TimeProvider.System).ConfigureAwait(false) is not { } pipe) return DriverGone;
        using var channel = new WorkerChannel(pipe);
        if (await channel.ReceiveAsync().ConfigureAwait(false) is not (WorkerMessage.Request, var content)) return DriverGone;

        var request = WorkerRequest.Read(content);
        var artifacts = new ArtifactStore(ObjectStores.Open(request.Store), TimeProvider.System, request.Generation);
        var context = new WorkerContext(request, artifacts, channel, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        _ = ListenAsync(channel, context, stop);
        try
        {
            var flow = Find(flows, request.FlowPath)!;
            var step = flow.Steps.First(step => step.Name == request.Step) with { Gang = request.Gang };
            await AnswerAsync(channel, artifacts, flow, step, await InvokeAsync(flow, step, request, artifacts, content, context, services?.Invoke(), stop.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Told to the driver, whatever it is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var retry = Find(flows, request.FlowPath)?.Steps.FirstOrDefault(step => step.Name == request.Step)?.Retry;
            await channel.SendAsync(WorkerMessage.Failed, writer =>
            {
                writer.Write(e.GetType().FullName ?? e.GetType().Name);
                writer.Write(e.Message);
                writer.Write(e.ToString());
                writer.Write(Retrying.IsForGood(retry, e));
                writer.Write((e as RetryAfterException)?.Delay.Ticks ?? -1);
                writer.Write(e == context.StoreFailure ? context.StoreFailure.Code : "");
                writer.Write(e is OperationCanceledException && stop.IsCancellationRequested);
            }).ConfigureAwait(false);
        }

        await Console.Out.FlushAsync().ConfigureAwait(false);
        return 0;
    }

    /// <summary>Connects to the driver; <c>null</c> if there is none.</summary>
    public static async Task<Stream?> ConnectAsync(string pipeName, TimeProvider time)
    {
        var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await pipe.ConnectAsync(limit.Token).ConfigureAwait(false);
            return pipe;
        }
        catch (OperationCanceledException)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Finds a flow by the steps that lead to it.</summary>
    public static FlowDefinition? Find(IReadOnlyList<FlowDefinition> flows, string path)
    {
        var names = path.Split('/');
        var flow = flows.FirstOrDefault(flow => flow.Name == names[0]);
        foreach (var step in names[1..]) flow = flow?.Steps.FirstOrDefault(known => known.Name == step)?.SubFlow?.Flow;
        return flow;
    }

    private static async Task<StepFrame> InvokeAsync(FlowDefinition flow, StepDefinition step, WorkerRequest request, ArtifactStore artifacts, BinaryReader content, WorkerContext context, IServiceProvider? services, CancellationToken stop)
    {
        CurrentStep.Context = context;
        object?[] given = [.. request.Secrets.Select((text, p) => text is not null ? flow.Parameters[p].Parse([text]) : flow.Parameters[p].FromRun is null ? null : flow.Parameters[p].Decode(new ReadOnlySequence<byte>(request.Parameters[p])))];
        if (flow.Parameters.Any(parameter => parameter.FromRun is not null))
        {
            var store = await RunStore.OpenAsync(ObjectStores.Open(request.Store), forWriting: false, TimeProvider.System, stop).ConfigureAwait(false);
            given = await FromRuns.ResolveAsync(flow, given, store, isRecorded: true, stop).ConfigureAwait(false);
        }

        var parameters = ParameterValues.Of(flow, [.. request.Parameters], given, request.Files, artifacts);
        var resolver = new InputResolver(flow, artifacts, parameters);
        var captured = content.ReadInputs();
        var host = StepHost.Of(flow, services, parameters.CreateFlow, Console.Error.WriteLine, stop);
        await using var disposing = host.ConfigureAwait(false);
        if (step.Gang > 1) return await GangRunner.InvokeAsync(step, host, context, async () => (parameters.CreateFlow(), await ResolveAsync().ConfigureAwait(false)), stop).ConfigureAwait(false);

        var frame = new StepFrame(parameters.CreateFlow(), await ResolveAsync().ConfigureAwait(false), step.ArtifactCount, context, stop);
        await host.InvokeAsync(step, frame).ConfigureAwait(false);
        return frame;

        async ValueTask<object?[]> ResolveAsync()
        {
            var inputs = SliceInputs.Decode(captured, step);
            await resolver.ResolveAsync(step, request.Index, inputs, stop).ConfigureAwait(false);
            return inputs;
        }
    }

    private static async Task AnswerAsync(WorkerChannel channel, ArtifactStore artifacts, FlowDefinition flow, StepDefinition step, StepFrame frame)
    {
        var outputs = new StoredValue?[frame.Outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            var (artifact, value) = (flow.Artifacts[step.FirstArtifact + i], frame.Outputs[i]);
            // A null that may not be is for the driver to refuse, in the words it has for every step.
            if (value is null && !artifact.Nullable) continue;
            outputs[i] = await StepOutputs.StoreAsync(flow, artifacts, step.FirstArtifact + i, value).ConfigureAwait(false);
        }

        await channel.SendAsync(WorkerMessage.Succeeded, writer =>
        {
            foreach (var output in outputs)
            {
                writer.Write(output is not null);
                if (output is not null) writer.Write(output);
            }
        }).ConfigureAwait(false);
    }

    private static async Task ListenAsync(WorkerChannel channel, WorkerContext context, CancellationTokenSource stop)
    {
        while (await channel.ReceiveAsync().ConfigureAwait(false) is var (kind, _))
        {
            if (kind == WorkerMessage.Cancel) _ = stop.CancelAsync();
            else if (kind == WorkerMessage.Committed) context.IsCommitted();
        }

        Environment.Exit(DriverGone);
    }
}
