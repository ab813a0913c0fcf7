using FlowGen.Executing.Driving;
using FlowGen.Executing.Logs;
using FlowGen.Executing.Policies;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>Runs a flow until it is over and that is durable: from its start, as the resume of an earlier run, or as one that another driver has left.</summary>
internal static class FlowRunner
{
    /// <summary>How long an aborted run tries to write its final record. Without one it counts as interrupted; both can be resumed.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private const string Stopped = "The run was stopped.";

    /// <summary>Makes a new run.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="stop">Starts nothing more and asks running steps to stop; leaves a run that can be resumed.</param>
    /// <param name="abort">Ends at once.</param>
    /// <exception cref="FlowException">The run could not start (a missing file, a run that cannot be resumed), or the store cannot be used.</exception>
    public static async Task<RunEnd> RunAsync(RunRequest request, IRunObserver observer, CancellationToken stop, CancellationToken abort)
    {
        var started = await RunStart.BeginAsync(request, new SerialObserver(observer), stop).ConfigureAwait(false);
        await using (started.ConfigureAwait(false)) return new RunEnd(started.Manifest.Run, await DriveAsync(started, stop, abort, CancellationToken.None).ConfigureAwait(false));
    }

    /// <summary>Goes on with a run whose driver is gone, as the same run (H2). One that is closed keeps its status, and nothing starts.</summary>
    /// <param name="request">Flow, store and services; what else it says is what the run was started with.</param>
    /// <param name="run">The run.</param>
    /// <param name="observer">Hears what happens, and what had happened.</param>
    /// <param name="stop">Stops the run.</param>
    /// <param name="abort">Ends at once.</param>
    /// <param name="release">Hands the run over to the next driver; what runs elsewhere goes on.</param>
    /// <returns>How it ended; <see cref="RunStatus.Interrupted"/> if it was handed over.</returns>
    /// <exception cref="FlowException">It cannot be continued by this program, or the store cannot be used.</exception>
    public static async Task<RunStatus> ContinueAsync(RunRequest request, RunKey run, IRunObserver observer, CancellationToken stop, CancellationToken abort, CancellationToken release = default)
    {
        StartedRun? started;
        RunFinished? end;
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(stop, release))
        {
            (started, end) = await RunContinuation.TakeOverAsync(request, run, new SerialObserver(observer), either.Token).ConfigureAwait(false);
        }

        if (started is null) return end!.Status;
        await using (started.ConfigureAwait(false)) return await DriveAsync(started, stop, abort, release).ConfigureAwait(false);
    }

    private static async Task<RunStatus> DriveAsync(StartedRun started, CancellationToken stop, CancellationToken abort, CancellationToken release)
    {
        var (request, hears, mask) = (started.Request, started.Observer, started.Mask);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var options = request.Remote?.Invoke(started.Inherited?.Submission);
        var remote = options is null ? null : new RemoteSteps(options, started.Store, started.Log, request.Time);
        if (options is not null && started.Inherited?.Submission is null) started.Log.Append(options.Submission);
        RunFinished end;
        RunScope? run = null;
        StepError? error = null;
        try
        {
            var stored = await started.StoreInputsAsync(cancelled.Token).ConfigureAwait(false);
            var values = ParameterValues.Of(request.Flow, started.Encoded, started.Parameters, stored, started.Store.Artifacts);
            run = new RunScope
            {
                Flow = request.Flow,
                FlowPath = request.Flow.Name,
                ProjectDirectory = request.ProjectDirectory,
                Run = started.Manifest.Run,
                FirstOrigin = started.Manifest.FirstOrigin ?? started.Manifest.Run,
                Tags = started.Manifest.Tags,
                Time = request.Time,
                Artifacts = started.Store.Artifacts,
                Parameters = values,
                Host = StepHost.Of(request.Flow, request.Services, values.CreateFlow, text => hears.Notice(mask.Hide(text)), cancelled.Token),
                Journal = new Journal(started.Log, hears),
                Observer = hears,
                Echo = new LineEcho(hears),
                Mask = mask,
                StorePlace = request.Store.Location,
                Files = stored,
                Grace = request.GracePeriod,
                StartsDurably = started.Log.Epoch > 0,
                Remote = remote,
                IsPlan = request.IsPlan,
                CachesAll = request.CacheAll,
            };
            try
            {
                (var status, var reason, error) = await ExecuteAsync(started, run, cancelled, abort, release).ConfigureAwait(false);
                end = started.End(status, reason);
                if (remote is not null) await remote.EndAsync().ConfigureAwait(false);
            }
            finally
            {
                if (remote is not null) await remote.DisposeAsync().ConfigureAwait(false);
                // Nobody waits for a resource that takes its time once the run is aborted.
                if (!abort.IsCancellationRequested) await run.Host.DisposeAsync().AsTask().WaitAsync(abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            end = started.End(RunStatus.Cancelled, Stopped);
        }
        catch (RunHandedOver handed)
        {
            await started.Snapshot.ConfigureAwait(false);
            await started.Log.ReleaseAsync().ConfigureAwait(false);
            hears.Notice(handed.Message);
            return RunStatus.Interrupted;
        }
        catch (FlowException e) when (e.ExitCode != 4)
        {
            var message = mask.Hide(e.Message);
            await FinishAsync(await CallAsync(started.End(RunStatus.Failed, message)).ConfigureAwait(false)).ConfigureAwait(false);
            if (message == e.Message) throw;
            throw new FlowException(e.Code, message, e.ExitCode);
        }

        end = await CallAsync(end).ConfigureAwait(false);
        var written = FinishAsync(end);
        if (abort.IsCancellationRequested && await Task.WhenAny(written, Task.Delay(LastWords, CancellationToken.None)).ConfigureAwait(false) != written) return end.Status;
        await written.ConfigureAwait(false);
        hears.RunFinished(end);
        return end.Status;

        async Task FinishAsync(RunFinished ended)
        {
            await started.Snapshot.ConfigureAwait(false);
            await started.Log.FinishAsync(ended).ConfigureAwait(false);
        }

        Task<RunFinished> CallAsync(RunFinished ended) =>
            RunEnding.CallAsync(request, started.Manifest, ended, error, () => run?.Parameters.CreateFlow() ?? request.Flow.Create(started.Parameters), hears, mask, abort);
    }

    private static async Task<FlowEnd> ExecuteAsync(StartedRun started, RunScope run, CancellationTokenSource stop, CancellationToken abort, CancellationToken release)
    {
        var (request, log) = (started.Request, started.Log);
        var limits = LimitsOf(request, run.Remote);
        ThreadRoom.MakeFor(run.Remote is null ? limits.MaxParallel : Environment.ProcessorCount);
        using var workers = run.Workers;
        using var crew = new Crew(run, limits, Random.Shared.NextDouble);
        var executor = new Executor(run, crew) { Inherited = Inheritance.Of(started.Inherited) };
        using var capture = ConsoleCapture.Start();
        log.WhileNothingRuns = crew.TryWhileNothingRuns;
        using var lost = log.Lost.Register(() => crew.Fault(log.Failure!));
        using var requests = new RequestWatch(started.Store.Objects, log.Run, request.Time, () => _ = stop.CancelAsync());
        using var leaving = release.Register(() => crew.HandOver("The run was handed over to its next driver."));
        if (request.CacheAll || run.Flow.Steps.Any(static step => step.Cache is not null)) executor.Finder.Cache = new ResultCache(run, started.Store);
        if (started.Origin is { } origin)
        {
            var chain = new ReuseChain(request.Flow, EarlierFlow.Chain(started.Store, origin, stop.Token), started.Inherited);
            executor.Finder.Reuser = new Reuser(run, started.Store, chain, StepNames.WithDependents(run.Flow, request.From));
        }

        run.Remote?.Start(crew);
        executor.Prepare();
        var status = await crew.RunAsync(executor, request.GracePeriod, stop.Token, abort).ConfigureAwait(false);
        if (executor.Finder.Cache is { } cache && !abort.IsCancellationRequested) await cache.CompleteAsync().WaitAsync(abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var error = executor.FirstFailure is var (failed, why) ? new StepError(run.NameOf(failed), why.Type, why.Message) : null;
        return new FlowEnd(status, Reason(run, executor, status), error);
    }

    /// <summary>What an engine can do at once is its own matter.</summary>
    private static SchedulerLimits LimitsOf(RunRequest request, RemoteSteps? remote)
    {
        if (remote?.Turn is not null) return new SchedulerLimits(DriverTurn.MostTasks, request.FailFast);
        if (remote is not null) return new SchedulerLimits(request.MaxParallel > 0 ? request.MaxParallel : RemoteOptions.MostTasks, request.FailFast);
        var machine = Machine.Of(request);
        return new SchedulerLimits(request.MaxParallel > 0 ? request.MaxParallel : Environment.ProcessorCount, request.FailFast) { MilliCpus = (long)(machine.Cpus * 1000), Memory = machine.Memory };
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
