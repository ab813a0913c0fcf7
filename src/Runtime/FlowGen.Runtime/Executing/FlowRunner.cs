using FlowGen.Executing.Logs;
using FlowGen.Executing.Policies;
using FlowGen.Executing.Reuse;
using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>Runs a flow from its start, or resumes an earlier run, until it is over and that is durable.</summary>
internal static class FlowRunner
{
    /// <summary>How long an aborted run tries to write its final record. Without one it counts as interrupted; both can be resumed.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private const string Stopped = "The run was stopped.";

    /// <param name="request">What to run.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="stop">Starts nothing more and asks running steps to stop; leaves a run that can be resumed.</param>
    /// <param name="abort">Ends at once.</param>
    /// <exception cref="FlowException">The run could not start (a missing file, a run that cannot be resumed), or the store cannot be used.</exception>
    public static async Task<RunEnd> RunAsync(RunRequest request, IRunObserver observer, CancellationToken stop, CancellationToken abort)
    {
        var begun = request.Time.GetTimestamp();
        var hears = new SerialObserver(observer);
        // First of all: a missing service or file must leave nothing behind.
        ServiceCheck.Check(request.Flow, request.Services);
        var files = request.Resume is null ? InputFiles.Find(request.Flow, request.ProjectDirectory, request.Parameters, []) : null;
        var git = request.IsKept ? GitState.ReadAsync(request.ProjectDirectory ?? Environment.CurrentDirectory) : Task.FromResult(GitState.Unknown);
        var reading = request.IsKept ? Task.Run(ProgramSources.Read, CancellationToken.None) : Task.FromResult<StoredSource?>(null);
        var hashing = request.IsKept ? Task.Run(ProgramFile.Hash, CancellationToken.None) : Task.FromResult<string?>(null);
        var store = await RunStore.OpenAsync(request.Store, forWriting: true, request.Time, stop).ConfigureAwait(false);
        var key = RunKey.Create(request.Flow.Name, request.Time.GetUtcNow());

        var before = request.Resume is { } earlier ? (await store.SummarizeAsync(earlier, stop).ConfigureAwait(false)).Manifest : null;
        var overrides = PolicyOverrides.Merge(before?.Overrides ?? [], request.Overrides);
        request = request with { Overrides = overrides, Flow = PolicyOverrides.Apply(request.Flow, overrides) };
        StepNames.Check(request.Flow, request.From);
        var machine = Machine.Of(request);
        machine.Check(request.Flow);
        var parameters = before is null ? request.Parameters : Resumption.Parameters(request, before);
        parameters = await FromRuns.ResolveAsync(request.Flow, parameters, store, isRecorded: before is not null, stop).ConfigureAwait(false);
        var mask = hears.Mask = SecretMask.Of(parameters);
        var encoded = ParameterValues.Encode(request.Flow, parameters);
        var sources = await reading.ConfigureAwait(false);
        var manifest = await Manifests.MakeAsync(request, key, encoded, before, git, hashing, sources?.Place).ConfigureAwait(false);

        // Claimed as late as possible: who claims a run and is never registered keeps others from resuming it.
        RunState? origin = null;
        if (request.Resume is { } resumed)
        {
            await store.ClaimAsync(resumed, key, request.Fork, stop).ConfigureAwait(false);
            origin = await store.ReadAsync(resumed, stop).ConfigureAwait(false);
            // What it did not come to store is looked for again: nothing it finished can rest on that, for contents come before outcomes in its log.
            files = InputFiles.Find(request.Flow, request.ProjectDirectory, parameters, InputFiles.Of(origin, request.Flow, request.Changes));
        }

        await store.Tags.AnnounceAsync(key, request.Tags, stop).ConfigureAwait(false);
        await using var log = await RunLog.CreateAsync(store, manifest, request.Time, stop).ConfigureAwait(false);
        hears.RunStarted(manifest, request.Flow, request.Store.Location);
        // Beside the steps: it has to be there before the run is over (M10).
        var snapshot = sources is { } source ? store.Artifacts.WriteAsync(new MemoryStream(source.Content), CancellationToken.None).AsTask() : Task.CompletedTask;

        RunFinished end;
        RunScope? run = null;
        StepError? error = null;
        try
        {
            // Contents may be stored only now that the run is registered (C5).
            var stored = await files!.StoreAsync(store.Artifacts, stop).ConfigureAwait(false);
            foreach (var file in stored) log.Append(file);
            if (request.Flow.Code is { } code) log.Append(await CodeText.StoreAsync(store.Artifacts, code, stop).ConfigureAwait(false));
            var values = ParameterValues.Of(request.Flow, encoded, parameters, stored, store.Artifacts);
            run = new RunScope
            {
                Flow = request.Flow,
                FlowPath = request.Flow.Name,
                ProjectDirectory = request.ProjectDirectory,
                Run = key,
                FirstOrigin = manifest.FirstOrigin ?? key,
                Tags = manifest.Tags,
                Time = request.Time,
                Artifacts = store.Artifacts,
                Parameters = values,
                Host = StepHost.Of(request.Flow, request.Services, values.CreateFlow, text => hears.Notice(mask.Hide(text)), stop),
                Journal = new Journal(log, hears),
                Observer = hears,
                Echo = new LineEcho(hears),
                Mask = mask,
                StorePlace = request.Store.Location,
                Files = stored,
                Grace = request.GracePeriod,
                IsPlan = request.IsPlan,
                CachesAll = request.CacheAll,
            };
            try
            {
                (var status, var reason, error) = await ExecuteAsync(request, run, machine, store, log, origin is null ? null : new ReuseChain(request.Flow, EarlierFlow.Chain(store, origin, stop)), stop, abort).ConfigureAwait(false);
                end = End(status, reason);
            }
            finally
            {
                // Nobody waits for a resource that takes its time once the run is aborted.
                if (!abort.IsCancellationRequested) await run.Host.DisposeAsync().AsTask().WaitAsync(abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            end = End(RunStatus.Cancelled, Stopped);
        }
        catch (FlowException e) when (e.ExitCode != 4)
        {
            var message = mask.Hide(e.Message);
            await FinishAsync(await CallAsync(End(RunStatus.Failed, message)).ConfigureAwait(false)).ConfigureAwait(false);
            if (message == e.Message) throw;
            throw new FlowException(e.Code, message, e.ExitCode);
        }

        end = await CallAsync(end).ConfigureAwait(false);
        var written = FinishAsync(end);
        if (abort.IsCancellationRequested && await Task.WhenAny(written, Task.Delay(LastWords, CancellationToken.None)).ConfigureAwait(false) != written) return new RunEnd(key, end.Status);
        await written.ConfigureAwait(false);
        hears.RunFinished(end);
        return new RunEnd(key, end.Status);

        async Task FinishAsync(RunFinished ended)
        {
            await snapshot.ConfigureAwait(false);
            await log.FinishAsync(ended).ConfigureAwait(false);
        }

        Task<RunFinished> CallAsync(RunFinished ended) =>
            RunEnding.CallAsync(request, manifest, ended, error, () => run?.Parameters.CreateFlow() ?? request.Flow.Create(parameters), hears, mask, abort);

        RunFinished End(RunStatus status, string? reason) => new(status, request.Time.GetUtcNow(), request.Time.GetElapsedTime(begun), reason);
    }

    private static async Task<FlowEnd> ExecuteAsync(RunRequest request, RunScope run, Machine machine, RunStore store, RunLog log, ReuseChain? chain, CancellationToken stop, CancellationToken abort)
    {
        var limits = new SchedulerLimits(request.MaxParallel > 0 ? request.MaxParallel : Environment.ProcessorCount, request.FailFast)
        {
            MilliCpus = (long)(machine.Cpus * 1000),
            Memory = machine.Memory,
        };
        ThreadRoom.MakeFor(limits.MaxParallel);
        using var workers = run.Workers;
        using var crew = new Crew(run, limits, Random.Shared.NextDouble);
        var executor = new Executor(run, crew);
        using var capture = ConsoleCapture.Start();
        using var lost = log.Lost.Register(() => crew.Fault(log.Failure!));
        if (request.CacheAll || run.Flow.Steps.Any(static step => step.Cache is not null)) executor.Finder.Cache = new ResultCache(run, store);
        if (chain is not null) executor.Finder.Reuser = new Reuser(run, chain, StepNames.WithDependents(run.Flow, request.From));
        executor.Prepare();
        var status = await crew.RunAsync(executor, request.GracePeriod, stop, abort).ConfigureAwait(false);
        if (executor.Finder.Cache is { } cache && !abort.IsCancellationRequested) await cache.CompleteAsync().WaitAsync(abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var error = executor.FirstFailure is var (failed, why) ? new StepError(run.NameOf(failed), why.Type, why.Message) : null;
        return new FlowEnd(status, Reason(run, executor, status), error);
    }

    private static string? Reason(RunScope run, Executor executor, RunStatus status) => status switch
    {
        RunStatus.Cancelled => Stopped,
        RunStatus.Failed when executor.FirstFailure is var (task, error) => $"{run.NameOf(task)} failed: {error.Message}",
        _ => null,
    };

    /// <param name="Status">How the flow ended.</param>
    /// <param name="Reason">Why; <c>null</c> if it succeeded.</param>
    /// <param name="Error">The failure that ended it.</param>
    private sealed record FlowEnd(RunStatus Status, string? Reason, StepError? Error);
}

/// <param name="Run">The run.</param>
/// <param name="Status">How it ended.</param>
internal sealed record RunEnd(RunKey Run, RunStatus Status);
