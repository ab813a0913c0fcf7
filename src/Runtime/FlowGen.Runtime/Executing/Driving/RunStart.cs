using FlowGen.Executing.Policies;
using FlowGen.Executing.Reuse;
using FlowGen.Executing.Secrets;
using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.Executing.Driving;

/// <summary>Registers a new run: from its start, or one that resumes an earlier run. What is wrong with it is found before anything is written.</summary>
internal static class RunStart
{
    /// <exception cref="FlowException">The run could not start (a missing file, a run that cannot be resumed), or the store cannot be used.</exception>
    public static async Task<StartedRun> BeginAsync(RunRequest request, SerialObserver hears, CancellationToken stop)
    {
        var begun = request.Time.GetTimestamp();
        // First of all: a missing service or file must leave nothing behind.
        ServiceCheck.Check(request.Flow, request.Services);
        var files = request.Resume is null ? InputFiles.Find(request.Flow, request.ProjectDirectory, request.Parameters, []) : null;
        var git = request.IsKept ? GitState.ReadAsync(request.ProjectDirectory ?? Environment.CurrentDirectory) : Task.FromResult(GitState.Unknown);
        var reading = request.IsKept ? Task.Run(ProgramSources.Read, CancellationToken.None) : Task.FromResult<StoredSource?>(null);
        var hashing = request.IsKept ? Task.Run(ProgramFile.Hash, CancellationToken.None) : Task.FromResult<string?>(null);
        var store = await RunStore.OpenAsync(request.Store, forWriting: true, request.Time, stop).ConfigureAwait(false);
        var key = request.Key ?? RunKey.Create(request.Flow.Name, request.Time.GetUtcNow());

        var before = request.Resume is { } earlier ? (await store.SummarizeAsync(earlier, stop).ConfigureAwait(false)).Manifest : null;
        var overrides = PolicyOverrides.Merge(before?.Overrides ?? [], request.Overrides);
        request = request with { Overrides = overrides, Flow = PolicyOverrides.Apply(request.Flow, overrides) };
        StepNames.Check(request.Flow, request.From);
        if (request.Remote is null) Machine.Of(request).Check(request.Flow);
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
        var log = await RunLog.CreateAsync(store, manifest, request.Time, stop, request.LogOptions).ConfigureAwait(false);
        hears.RunStarted(log.Manifest, request.Flow, request.Store.Location);
        return new StartedRun
        {
            Request = request,
            Store = store,
            Log = log,
            Parameters = parameters,
            Encoded = encoded,
            Files = files!,
            Origin = origin,
            Snapshot = sources is { } source ? store.Artifacts.WriteAsync(new MemoryStream(source.Content), CancellationToken.None).AsTask() : Task.CompletedTask,
            Observer = hears,
            Mask = mask,
            Begun = begun,
        };
    }
}
