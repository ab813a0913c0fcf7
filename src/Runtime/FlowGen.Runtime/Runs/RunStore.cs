using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>A store with its runs. Reading never writes, so it works on a store that is read-only.</summary>
internal sealed class RunStore
{
    /// <summary>How long the job of a driver may wait for a machine before a run counts as interrupted.</summary>
    private static readonly TimeSpan QueueLimit = TimeSpan.FromDays(7);

    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<RunKey, bool> _reusable = [];

    private RunStore(IObjectStore objects, TimeProvider time, StoreFormat? format)
    {
        (Objects, Format, _time) = (objects, format, time);
        Artifacts = new ArtifactStore(objects, time);
        Reader = new RunReader(objects);
        Tags = new RunTags(objects, time);
        Generations = new Generations(objects, time);
        Driver = ThisMachine.Driver(objects.Location);
    }

    public IObjectStore Objects { get; }

    public ArtifactStore Artifacts { get; }

    /// <summary><c>null</c> for a store that nothing was ever written to.</summary>
    public StoreFormat? Format { get; }

    public RunTags Tags { get; }

    public Generations Generations { get; }

    /// <summary>The newest generation that was read for the run that is driven here: its blobs go there, and what it retires is not reused.</summary>
    public Generation Generation { get; private set; } = Generation.None;

    internal RunReader Reader { get; }

    internal DriverProcess Driver { get; }

    /// <summary>Opens a store. For writing, it is made if there is none, and tried when this machine uses it for the first time.</summary>
    /// <exception cref="FlowException">It cannot be used, or is of a newer version.</exception>
    public static async ValueTask<RunStore> OpenAsync(IObjectStore objects, bool forWriting, TimeProvider time, CancellationToken cancel)
    {
        var format = await objects.GetAsync(StoreFormat.Key, cancel) is { } found ? StoreFormat.Read(objects.Location, found) : null;
        if (!forWriting) return new RunStore(objects, time, format);

        await StoreProbe.RunAsync(objects, cancel);
        if (format is null)
        {
            await objects.PutIfAbsentAsync(StoreFormat.Key, StoreFormat.New().Wrap(), cancel);
            format = StoreFormat.Read(objects.Location, await objects.GetAsync(StoreFormat.Key, cancel) ?? throw StoreErrors.MissingObject(objects.Location, StoreFormat.Key));
        }
        return new RunStore(objects, time, format);
    }

    /// <summary>Blobs go to this generation from now on.</summary>
    public void Enter(Generation generation)
    {
        Generation = generation;
        Artifacts.Generation = generation.Number;
        _reusable.Clear();
    }

    /// <summary>Whether results of another run may be taken by reference: it is there, and no generation up to that of this run retires it (C5).</summary>
    public async ValueTask<bool> MayReuseAsync(RunKey run, CancellationToken cancel)
    {
        if (Generation.IsRetired(run)) return false;
        if (_reusable.ContainsKey(run)) return true;
        var generation = Generation;
        if (await Objects.GetRangeAsync(LogSlot.Key(run, 0), 0, 1, cancel) is null) return false;
        if (ReferenceEquals(generation, Generation)) _reusable[run] = true;
        return true;
    }

    /// <summary>All runs of a flow, or of all flows, newest first, but for those that a generation retires.</summary>
    public async IAsyncEnumerable<RunKey> ListAsync(string? flow, [EnumeratorCancellation] CancellationToken cancel)
    {
        Generation? newest = null;
        await foreach (var run in ListAllAsync(flow, cancel))
        {
            newest ??= await Generations.NewestAsync(cancel);
            if (!newest.IsRetired(run)) yield return run;
        }
    }

    /// <summary>All runs of which there are objects.</summary>
    internal async IAsyncEnumerable<RunKey> ListAllAsync(string? flow, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (flow is not null)
        {
            if (!ObjectKey.IsSegment(flow)) yield break;
            await foreach (var id in Objects.ListFoldersAsync($"runs/{flow}/", cancel))
                if (RunKey.IsId(id)) yield return new RunKey(flow, id);
            yield break;
        }
        var all = new List<RunKey>();
        await foreach (var name in Objects.ListFoldersAsync("runs/", cancel))
            await foreach (var run in ListAllAsync(name, cancel)) all.Add(run);
        all.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        foreach (var run in all) yield return run;
    }

    /// <summary>Finds the run that a person means: <c>latest</c>, <c>latest-failed</c> (the newest that ended without success), the <c>@tag</c> that one alone carries, an id, or the short part of one; the last three also after <c>flow/</c>.</summary>
    /// <exception cref="FlowException">None or several are meant (exit code 3).</exception>
    public ValueTask<RunKey> ResolveAsync(string? flow, string name, CancellationToken cancel) => new RunNames(this).ResolveAsync(flow, name, cancel);

    /// <summary>What is known of a run.</summary>
    /// <exception cref="FlowException">There is no such run (exit code 3), or an object of it is damaged.</exception>
    public async ValueTask<RunState> ReadAsync(RunKey run, CancellationToken cancel)
    {
        var fold = await ReplayAsync(run, cancel);
        var manifest = await TaggedAsync(fold.Manifest!, cancel);
        return fold.Build(manifest, fold.End is null && !await IsDrivenAsync(run, fold, cancel) ? RunStatus.Interrupted : RunStatus.Running);
    }

    /// <summary>What <c>status</c> shows of a run: from two objects if it has an index.</summary>
    public async ValueTask<RunOverview> OverviewAsync(RunKey run, CancellationToken cancel) =>
        await IndexedAsync(run, cancel) ?? RunOverview.Of(await ReadAsync(run, cancel));

    /// <summary>What a list of runs shows, from two objects.</summary>
    public async ValueTask<RunSummary> SummarizeAsync(RunKey run, CancellationToken cancel)
    {
        // Asked for at the same time where nothing depends on the answer.
        var (index, begun) = (HeaderAsync(run, cancel).AsTask(), RegistrationAsync(run, cancel).AsTask());
        var (first, registered, epoch) = await begun;
        var tagging = TaggedAsync(registered, cancel).AsTask();
        if (Overview(await index, registered) is { } indexed) return indexed.Summary with { Manifest = await tagging };
        var last = await Reader.ReadLastAsync(run, cancel);
        var manifest = await tagging;
        if (last?.Records is [.., RunFinished end]) return new RunSummary(manifest, end.Status, end.Finished, end.Duration, end.Reason);
        if (last is null || (last.Epoch == 0 && last.Records is not [.., RunReleased]))
        {
            var alive = (await LivenessAsync(run, epoch.Driver, first.Writer, 0, cancel)).IsAlive;
            return new RunSummary(manifest, alive ? RunStatus.Running : RunStatus.Interrupted, null, null, null);
        }
        var state = await ReadAsync(run, cancel); // taken over and open: rare, and only the whole log says by whom
        return new RunSummary(manifest, state.Status, state.Finished, state.Duration, state.Reason);
    }

    /// <summary>Summaries of the runs of a flow or of all flows, newest first, several asked for at the same time.</summary>
    /// <param name="flow">The flow, or <c>null</c> for all.</param>
    /// <param name="tag">If given, only runs that carry it; of a tag that people give, only runs that may carry it are looked at.</param>
    /// <param name="created">If given, only runs made at a time that it accepts; told from their ids.</param>
    /// <param name="cancel">Stops the search.</param>
    public async IAsyncEnumerable<RunSummary> SummarizeAllAsync(string? flow, string? tag, Func<DateTimeOffset, bool>? created, [EnumeratorCancellation] CancellationToken cancel)
    {
        var isAnnounced = tag is not null && !TagName.IsSystem(tag);
        var newest = isAnnounced ? await Generations.NewestAsync(cancel) : Generation.None;
        var runs = isAnnounced ? Tags.CandidatesAsync(flow, tag!, cancel) : ListAsync(flow, cancel);
        if (created is not null) runs = runs.Where(run => created(run.Created));
        // A run may be announced and never registered.
        var found = runs.SelectAheadAsync(async run => isAnnounced && (newest.IsRetired(run) || await Reader.ReadAsync(run, 0, cancel) is null) ? null : await SummarizeAsync(run, cancel), cancel);
        await foreach (var run in found)
            if (run is not null && (tag is null || run.Manifest.Tags.Contains(tag))) yield return run;
    }

    /// <summary>The newest run of a flow that succeeded and, if one is given, carries a tag; <c>null</c> if there is none.</summary>
    public ValueTask<RunSummary?> LatestSuccessfulAsync(string flow, string? tag, CancellationToken cancel) =>
        SummarizeAllAsync(flow, tag, created: null, cancel).FirstOrDefaultAsync(run => run.Status == RunStatus.Succeeded, cancel);

    /// <summary>
    /// Makes sure that a run may be resumed as another one, and that nobody does so twice (H2): refuses while its driver is alive, or that of the latest run that resumed
    /// it, unless forked; closes it if it is open; then claims it for the new run.
    /// </summary>
    public async ValueTask ClaimAsync(RunKey origin, RunKey successor, bool fork, CancellationToken cancel, RunLogOptions? options = null)
    {
        var fold = await ReplayAsync(origin, cancel);
        if (fold.End is null)
        {
            var liveness = await LivenessAsync(origin, fold, cancel);
            if (liveness.IsAlive && !fork) throw RunErrors.StillAlive(origin, liveness.Why);
            if (!liveness.IsAlive) await CloseAsync(origin, $"Its driver was gone; closed by the run {successor} that resumed it.", options, cancel);
        }
        await new RunClaims(this, Driver).ClaimAsync(origin, successor, fork, cancel);
    }

    /// <param name="run">The run.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="heard">Gets every record of a log that is read.</param>
    /// <exception cref="FlowException">There is no such run, or an object of it is damaged or missing, because somebody removes the run or for another reason.</exception>
    internal async ValueTask<RunFold> ReplayAsync(RunKey run, CancellationToken cancel, Func<RunRecord, ValueTask>? heard = null)
    {
        try
        {
            return await Reader.ReplayAsync(run, cancel, heard) ?? throw RunNames.Unknown(run.ToString(), Objects.Location, null);
        }
        catch (FlowException e) when (e.Code == StoreErrors.Missing)
        {
            if ((await Generations.NewestAsync(cancel)).IsRetired(run)) throw RunErrors.Removed(run, Objects.Location);
            throw;
        }
    }

    /// <summary>Whether a driver works on an open run.</summary>
    internal ValueTask<(bool IsAlive, string Why)> LivenessAsync(RunKey run, RunFold fold, CancellationToken cancel) =>
        fold.IsReleased ? new((false, "it was handed over")) : LivenessAsync(run, fold.Epoch!.Driver, fold.Writer, fold.EpochSlot, cancel);

    /// <summary>Whether a driver works on an open run, or an engine is going to start it.</summary>
    internal async ValueTask<bool> IsDrivenAsync(RunKey run, RunFold fold, CancellationToken cancel) =>
        fold is { IsReleased: true, Submission.HasDriverJob: true } ? await Objects.AgeAsync(LogSlot.Key(run, fold.Slots - 1), cancel) < QueueLimit : (await LivenessAsync(run, fold, cancel)).IsAlive;

    /// <summary>Whether a driver works on an open run (H1). On its own machine the process is asked for; everywhere its last sign of life must be young.</summary>
    internal async ValueTask<(bool IsAlive, string Why)> LivenessAsync(RunKey run, DriverProcess driver, Guid writer, int epochSlot, CancellationToken cancel)
    {
        var running = ThisMachine.IsRunning(driver);
        if (running == false) return (false, "its process is gone");
        if (running == true && driver.ProcessId == Environment.ProcessId && driver.ProcessStart == Driver.ProcessStart && !OpenDrivers.Contains(writer)) return (false, "this process has left it");
        var age = await Objects.AgeAsync(Beat.Key(run), cancel);
        if (await Objects.AgeAsync(LogSlot.Key(run, epochSlot), cancel) is { } slot && (age is null || slot < age)) age = slot;
        return age < Beat.Limit
            ? (true, $"process {driver.ProcessId} on {driver.Host}, last seen {age.Value.TotalSeconds:0} s ago")
            : (false, $"it has given no sign of life for {Duration.Show(Beat.Limit)}");
    }

    private async ValueTask<(LogSlot Slot, RunManifest Manifest, EpochStarted Epoch)> RegistrationAsync(RunKey run, CancellationToken cancel)
    {
        var first = await Reader.ReadAsync(run, 0, cancel) ?? throw RunNames.Unknown(run.ToString(), Objects.Location, null);
        return first.Records is [RunRegistered { Manifest: var manifest }, EpochStarted epoch, ..] && manifest.Run == run
            ? (first, manifest, epoch)
            : throw StoreErrors.DamagedObject(Objects.Location, LogSlot.Key(run, 0), "it does not register this run");
    }

    /// <summary>The manifest with the tags that the run carries now, for whoever shows it.</summary>
    private async ValueTask<RunManifest> TaggedAsync(RunManifest manifest, CancellationToken cancel) => manifest with { Tags = await Tags.ReadAsync(manifest, cancel) };

    /// <summary>What the header of the index says; <c>null</c> without one that can be read: the log says the same.</summary>
    private async ValueTask<RunOverview?> IndexedAsync(RunKey run, CancellationToken cancel)
    {
        var (index, begun) = (HeaderAsync(run, cancel).AsTask(), RegistrationAsync(run, cancel).AsTask());
        if (Overview(await index, (await begun).Manifest) is not { } overview) return null;
        return overview with { Summary = overview.Summary with { Manifest = await TaggedAsync(overview.Summary.Manifest, cancel) } };
    }

    private async ValueTask<IndexHeader?> HeaderAsync(RunKey run, CancellationToken cancel)
    {
        try
        {
            return await new RunIndex(Objects).ReadHeaderAsync(run, cancel);
        }
        catch (FlowException e) when (RunReader.IsUnreadable(e))
        {
            return null;
        }
    }

    private static RunOverview? Overview(IndexHeader? header, RunManifest manifest)
    {
        try
        {
            return header?.Overview(manifest);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Closes a run that was left open, unless somebody else goes on with it.</summary>
    internal async ValueTask CloseAsync(RunKey run, string reason, RunLogOptions? options, CancellationToken cancel)
    {
        try
        {
            await using var log = await RunLog.TakeOverAsync(this, run, _time, cancel, options);
            await log.FinishAsync(new RunFinished(RunStatus.Cancelled, _time.GetUtcNow(), TimeSpan.Zero, reason));
        }
        catch (FlowException e) when (e.Code is StoreErrors.Fenced or RunErrors.Finished)
        {
            // Somebody else closes it to resume it, too: the claim decides between the two.
        }
    }
}
