using System.Buffers;
using System.Runtime.InteropServices;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing.Isolation;
using FlowGen.Executing.Logs;
using FlowGen.Executing.Policies;
using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Remote;

/// <summary>
/// The worker of one job: <c>worker slice RUN SLICE --store PLACE</c>. It reads what to do from the store, does it, and proposes results there; it knows no driver and no engine. SIGTERM gives its steps
/// their tokens and a grace period; what is done by then is proposed.
/// </summary>
internal static class SliceWorker
{
    public const string Verb = "slice";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10), OrphanPoll = TimeSpan.FromMinutes(1);

    /// <summary>Arguments of the job of a slice.</summary>
    public static string[] Arguments(RunKey run, string slice, string store) => [WorkerProgram.Verb, Verb, run.ToString(), slice, OptionSpec.Store.Name, store];

    /// <summary>Whether this is what the program is asked to do.</summary>
    public static bool IsMeant(IReadOnlyList<string> args) => args is [WorkerProgram.Verb, Verb, _, _, "--store", _];

    /// <exception cref="FlowException">The slice cannot be read, a secret is nowhere, or the store does not work.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<FlowDefinition> flows, IReadOnlyList<string> args, CommandEnvironment environment)
    {
        var (run, slice, time) = (RunKey.Parse(args[2]) ?? throw new FlowException(RunErrors.Unknown, $"'{args[2]}' is not the id of a run.", ExitCodes.NotFound), args[3], environment.Time);
        var objects = ObjectStores.Open(args[5]);
        using var stop = new CancellationTokenSource();
        using var signals = new WorkerSignals(stop);

        if (await new RunReader(objects).ReadAsync(run, 0, stop.Token).ConfigureAwait(false) is not { Records: [RunRegistered { Manifest: var manifest }, ..] })
            throw new FlowException(RunErrors.Unknown, $"There is no run {run} in the store {objects.Location}.", ExitCodes.NotFound);
        var content = await SliceCodec.GetAsync(objects, new ArtifactStore(objects, time), run, slice, stop.Token).ConfigureAwait(false);
        var artifacts = new ArtifactStore(objects, time, content.Generation);
        var flow = Find(flows, content.FlowPath, manifest);
        var step = flow?.Steps.FirstOrDefault(step => step.Name == content.Step)
            ?? throw new FlowException("FG1240", $"Slice {slice} of run {run} is of step '{content.Step}' of '{content.FlowPath}', which this program does not have: it is another than the one that drives the run.", ExitCodes.Usage);

        var (parameters, mask) = await ParametersAsync(flow, content, artifacts, objects, environment, stop.Token).ConfigureAwait(false);
        using var capture = ConsoleCapture.Start();
        var host = StepHost.Of(flow, environment.Services?.Invoke(), parameters.CreateFlow, text => Console.Error.WriteLine(mask.Hide(text)), stop.Token);
        await using var disposing = host.ConfigureAwait(false);
        var done = await EarlierWorkers.OutcomesAsync(objects, run, slice, stop.Token).ConfigureAwait(false);
        var proposals = new ProposalWriter(objects, artifacts, run, slice, time);
        var tasks = new SliceTasks(manifest, flow, step, parameters, host, artifacts, proposals, mask, time) { IsCareful = done is not null };
        using var orphan = new OrphanWatch(objects, run, content.OrphanTimeout, OrphanPoll, time);
        var working = WorkAsync(tasks, content, done ?? [], stop.Token, orphan.Token);
        var ended = await Task.WhenAny(working, proposals.Ended, GraceAsync(stop.Token)).ConfigureAwait(false);
        if (ended == proposals.Ended) await ended.ConfigureAwait(false);
        await proposals.DisposeAsync().ConfigureAwait(false);
        if (ended == working) await working.ConfigureAwait(false);
        return stop.IsCancellationRequested || orphan.Token.IsCancellationRequested ? ExitCodes.HandedOver : ExitCodes.Success;
    }

    private static Task WorkAsync(SliceTasks tasks, SliceContent content, HashSet<int> done, CancellationToken stop, CancellationToken orphan)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Max(1, Math.Min(content.Parallel, content.Tasks.Length))).Select(async _ =>
        {
            while (!stop.IsCancellationRequested && !orphan.IsCancellationRequested && Interlocked.Increment(ref next) is var position && position < content.Tasks.Length)
                if (!done.Contains(position)) await tasks.RunAsync(position, content.Tasks[position], stop).ConfigureAwait(false);
        }));
    }

    private static async Task GraceAsync(CancellationToken stop)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(Grace, CancellationToken.None).ConfigureAwait(false);
    }

    private static FlowDefinition? Find(IReadOnlyList<FlowDefinition> flows, string path, RunManifest manifest) =>
        flows.FirstOrDefault(flow => flow.Name == manifest.Run.Flow) is { } root ? WorkerProcess.Find([PolicyOverrides.Apply(root, manifest.Overrides)], path) : null;

    private static async Task<(ParameterValues Values, SecretMask Mask)> ParametersAsync(FlowDefinition flow, SliceContent content, ArtifactStore artifacts, IObjectStore objects, CommandEnvironment environment, CancellationToken stop)
    {
        if (flow.Parameters.Length != content.Parameters.Length) throw new FlowException("FG1240", $"The flow '{flow.Name}' of this program has other parameters than that of the program that drives the run.", ExitCodes.Usage);
        var encoded = new ReadOnlyMemory<byte>[content.Parameters.Length];
        var given = new object?[encoded.Length];
        for (var p = 0; p < encoded.Length; p++)
        {
            encoded[p] = (await artifacts.ReadAsync(content.Parameters[p], stop).ConfigureAwait(false)).ToArray();
            var parameter = flow.Parameters[p];
            given[p] = parameter.Decode(new ReadOnlySequence<byte>(encoded[p]));
            // Its encoding says no more than that there is one.
            if (parameter.IsSecret && given[p] is not null) given[p] = environment.Secrets.Find(parameter, file: null)
                ?? throw new FlowException("FG1014", $"Secret {parameter.Name} is not in the environment of this job; the engine has to put it into {CommandLineNames.VariableOf(parameter)}.", ExitCodes.Usage);
        }

        if (flow.Parameters.Any(parameter => parameter.FromRun is not null))
        {
            var store = await RunStore.OpenAsync(objects, forWriting: false, environment.Time, stop).ConfigureAwait(false);
            given = await FromRuns.ResolveAsync(flow, given, store, isRecorded: true, stop).ConfigureAwait(false);
        }

        return (ParameterValues.Of(flow, encoded, given, content.Files, artifacts), SecretMask.Of(given));
    }

    /// <summary>The engine ends the job, or somebody at a terminal does.</summary>
    private sealed class WorkerSignals : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations;

        public WorkerSignals(CancellationTokenSource stop) => _registrations = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            if (stop.IsCancellationRequested) return;
            context.Cancel = true;
            _ = stop.CancelAsync();
        }))];

        public void Dispose()
        {
            foreach (var registration in _registrations) registration.Dispose();
        }
    }
}
