using FlowGen.Executing.Policies;
using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.Executing.Driving;

/// <summary>Takes over a run that was left open (C1, H2). Its driver may be one that is just about to be gone: that is waited for.</summary>
internal static class RunContinuation
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5), LongestPause = TimeSpan.FromSeconds(5);

    /// <returns>The run; or how it ended, if it is closed by now.</returns>
    /// <exception cref="FlowException">FG1240: it was started by another program. FG1014: a secret is nowhere. The store cannot be used.</exception>
    public static async Task<(StartedRun? Run, RunFinished? End)> TakeOverAsync(RunRequest request, RunKey run, SerialObserver hears, CancellationToken stop)
    {
        var begun = request.Time.GetTimestamp();
        ServiceCheck.Check(request.Flow, request.Services);
        var store = await RunStore.OpenAsync(request.Store, forWriting: true, request.Time, stop).ConfigureAwait(false);
        var fold = await store.ReplayAsync(run, stop).ConfigureAwait(false);
        if (fold.End is { } closed) return (null, closed);

        // All that can be wrong is found before the run changes hands.
        var manifest = fold.Manifest!;
        request = As(request, manifest, fold.Submission);
        if (Difference(manifest.Graph, GraphDescription.Of(request.Flow)) is { } difference)
            throw new FlowException("FG1240", $"Run {run} was started by another program: {difference}. Drive it with the program that started it, or 'resume' it, which makes a new run with the code of today.", 2);
        if (fold.Submission is null) Machine.Of(request).Check(request.Flow);
        var parameters = await FromRuns.ResolveAsync(request.Flow, Resumption.Parameters(request, manifest), store, isRecorded: true, stop).ConfigureAwait(false);
        var mask = hears.Mask = SecretMask.Of(parameters);
        var sources = request.IsKept ? ProgramSources.Read() : null;

        if (await TakeOverAsync(store, run, request, hears, stop).ConfigureAwait(false) is not { } log) return (null, (await store.ReplayAsync(run, stop).ConfigureAwait(false)).End);
        try
        {
            var inherited = log.Inherited!;
            hears.RunStarted(log.Manifest, request.Flow, request.Store.Location);
            return (new StartedRun
            {
                Request = request,
                Store = store,
                Log = log,
                Parameters = parameters,
                Encoded = ParameterValues.Encode(request.Flow, parameters),
                Files = InputFiles.Find(request.Flow, request.ProjectDirectory, parameters, InputFiles.Of(inherited, request.Flow)),
                Origin = await OriginAsync(store, manifest, stop).ConfigureAwait(false),
                Snapshot = sources is { } source && source.Place == manifest.Snapshot ? store.Artifacts.WriteAsync(new MemoryStream(source.Content), CancellationToken.None).AsTask() : Task.CompletedTask,
                Observer = hears,
                Mask = mask,
                Begun = begun,
            }, null);
        }
        catch
        {
            await log.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The request as the run has it: what was said when it was started holds for all of it.</summary>
    private static RunRequest As(RunRequest request, RunManifest manifest, RunSubmitted? submission) => DriveOptions.Apply(request, submission) with
    {
        Overrides = manifest.Overrides,
        Flow = PolicyOverrides.Apply(request.Flow, manifest.Overrides),
        From = manifest.Forced,
        Resume = manifest.Origin,
        Changes = new Dictionary<string, object?>(),
    };

    /// <summary>Waits until there is no driver, and becomes it; <c>null</c> if the run is closed.</summary>
    private static async Task<RunLog?> TakeOverAsync(RunStore store, RunKey run, RunRequest request, SerialObserver hears, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var told = false; ; told = true)
        {
            var fold = await store.ReplayAsync(run, stop).ConfigureAwait(false);
            if (fold.End is not null) return null;
            var (isAlive, why) = await store.LivenessAsync(run, fold, stop).ConfigureAwait(false);
            if (!isAlive)
            {
                try
                {
                    return await RunLog.TakeOverAsync(store, run, request.Time, stop, request.LogOptions).ConfigureAwait(false);
                }
                catch (FlowException e) when (e.Code is Storage.StoreErrors.Fenced or RunErrors.Finished)
                {
                    // Somebody else was faster: it is waited for as any driver is.
                    continue;
                }
            }

            if (!told) hears.Notice($"Run {run} has a driver ({why}); this one waits until it is gone.");
            await Task.Delay(pause, request.Time, stop).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks));
        }
    }

    /// <summary>The run that it resumes, whose results stand for those of tasks that have not started yet; <c>null</c> if there is none any more.</summary>
    private static async Task<RunState?> OriginAsync(RunStore store, RunManifest manifest, CancellationToken stop)
    {
        if (manifest.Origin is not { } origin) return null;
        try
        {
            return await store.ReadAsync(origin, stop).ConfigureAwait(false);
        }
        catch (FlowException e) when (e.ExitCode == CommandLine.ExitCodes.NotFound)
        {
            return null;
        }
    }

    /// <summary>Where the flow of this program is not that of the run; <c>null</c> if nowhere.</summary>
    private static string? Difference(GraphDescription then, GraphDescription now)
    {
        if (!then.Parameters.Select(p => (p.Name, p.TypeName)).SequenceEqual(now.Parameters.Select(p => (p.Name, p.TypeName)))) return "its flow has other parameters";
        if (then.Steps.Select(step => step.Name).Except(now.Steps.Select(step => step.Name)).FirstOrDefault() is { } missing) return $"this one has no step '{missing}'";
        if (now.Steps.Select(step => step.Name).Except(then.Steps.Select(step => step.Name)).FirstOrDefault() is { } added) return $"it had no step '{added}'";
        return GraphCodec.Bytes(then.WithoutDefaults()).AsSpan().SequenceEqual(GraphCodec.Bytes(now.WithoutDefaults())) ? null : "its steps are wired in another way";
    }
}
