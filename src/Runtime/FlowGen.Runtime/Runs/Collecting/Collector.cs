using System.Collections.Immutable;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Removes what nobody needs (C5), beside running drivers and other collections, with no clock in its safety: a new generation names the runs that go; the lowest generation that an open run declares is the
/// barrier; what any run needs that is not retired at or below it stays, and of the rest, blobs of generations below the barrier and the runs retired at or below it go. Whatever cannot be read stops
/// it before anything is removed.
/// </summary>
internal sealed class Collector(RunStore store, TimeProvider time)
{
    /// <summary>How logs of runs are written that it closes.</summary>
    public RunLogOptions? LogOptions { get; init; }

    /// <summary>An open run without a sign of life for so long is closed.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private const int Parallel = 8;

    /// <param name="rules">Which runs go.</param>
    /// <param name="isDry">Whether to find out only, without writing anything.</param>
    /// <param name="cancel">Stops between two objects; what is left is removed by the next collection.</param>
    /// <exception cref="FlowException">Something cannot be read: nothing was removed.</exception>
    public async Task<CollectReport> RunAsync(RetireRules rules, bool isDry, CancellationToken cancel)
    {
        var before = await store.Generations.NewestAsync(cancel);
        var (looks, closed) = await CloseAsync(await LookAsync(before, rules.Named, cancel), isDry, cancel);
        var (retired, needed) = RunSelection.Of(rules, before, looks, look => isDry && (look.Age > Abandoned || rules.Named.Contains(look.Run)), time.GetUtcNow());
        if (isDry) retired = await UntaggedAsync(rules, retired, looks, cancel);

        var generation = isDry ? before with { Number = before.Number + 1, Retired = before.Retired.AddRange(Entries(retired, before.Number + 1)) } : await StartAsync(rules, retired, looks, cancel);
        // Looked at anew: who registers from here on reads this generation.
        if (!isDry) looks = await LookAsync(generation, [], cancel);
        looks = looks.RemoveAll(look => generation.IsRetired(look.Run));
        var open = looks.Where(look => look.IsOpen && !(isDry && look.Age > Abandoned)).ToList();
        var barrier = open.Select(look => look.Declared).Append(generation.Number).Min();
        var marks = await MarkAsync(generation, barrier, looks, cancel);

        var sweep = new Sweep(store, isDry);
        await sweep.BlobsAsync(barrier, marks, cancel);
        var gone = generation.Retired.Where(entry => entry.Value <= barrier).ToDictionary();
        await new RunSweep(store, sweep, time).RunAsync(gone, looks, cancel);
        return sweep.Report with
        {
            Generation = generation.Number,
            Barrier = barrier,
            HeldBy = [.. open.Where(look => look.Declared < generation.Number).Select(look => look.Run)],
            Closed = closed,
            Retired = [.. retired.Where(generation.IsRetired)],
            Needed = needed,
            Kept = looks.Count(look => look.Manifest is not null),
            Strangers = [.. await store.Objects.ListStrangersAsync(cancel).Take(100).ToArrayAsync(cancel)],
        };
    }

    /// <summary>Names the runs that go, in the next generation that is free.</summary>
    private async ValueTask<Generation> StartAsync(RetireRules rules, ImmutableArray<RunKey> chosen, ImmutableList<RunLook> looks, CancellationToken cancel)
    {
        while (true)
        {
            var newest = await store.Generations.NewestAsync(cancel);
            var there = (await store.ListAllAsync(null, cancel).ToArrayAsync(cancel)).ToHashSet();
            var known = newest.Retired.Where(entry => there.Contains(entry.Key)).ToImmutableDictionary();
            var retired = chosen.Where(run => !known.ContainsKey(run)).Take(Generation.MostRetired - Math.Min(known.Count, Generation.MostRetired)).ToImmutableArray();
            if (rules.AskForTags && retired.Length > 0)
            {
                // Whoever gives one of them a tag from now on is told that it may be too late; who did so before is heard (M2).
                newest = new Generation(newest.Number + 1, known, [.. retired]);
                if (!await store.Generations.TryStartAsync(newest, cancel)) continue;
                retired = await UntaggedAsync(rules, retired, looks, cancel);
            }

            var next = new Generation(newest.Number + 1, known.AddRange(Entries(retired, newest.Number + 1)), []);
            if (await store.Generations.TryStartAsync(next, cancel)) return next;
        }
    }

    private static IEnumerable<KeyValuePair<RunKey, int>> Entries(IEnumerable<RunKey> runs, int generation) => runs.Select(run => KeyValuePair.Create(run, generation));

    private async ValueTask<ImmutableArray<RunKey>> UntaggedAsync(RetireRules rules, ImmutableArray<RunKey> runs, ImmutableList<RunLook> looks, CancellationToken cancel)
    {
        if (!rules.AskForTags) return runs;
        var manifests = looks.Where(look => look.Manifest is not null).ToDictionary(look => look.Run, look => look.Manifest!);
        var tags = runs.ToAsyncEnumerable().SelectAheadAsync(async run => (Run: run, IsKept: manifests.TryGetValue(run, out var manifest) && rules.Keeps(run, await store.Tags.ReadAsync(manifest, cancel))), cancel);
        return [.. (await tags.ToArrayAsync(cancel)).Where(run => !run.IsKept).Select(run => run.Run)];
    }

    private async ValueTask<ImmutableList<RunLook>> LookAsync(Generation generation, ImmutableHashSet<RunKey> named, CancellationToken cancel)
    {
        var looks = ImmutableList.CreateBuilder<RunLook>();
        await foreach (var look in store.ListAllAsync(null, cancel).Where(run => !generation.IsRetired(run)).SelectAheadAsync(LookAsync, cancel)) looks.Add(look);
        return looks.ToImmutable();

        async ValueTask<RunLook> LookAsync(RunKey run)
        {
            try
            {
                return await RunLook.AtAsync(store, run, cancel);
            }
            catch (FlowException e) when (RunReader.IsUnreadable(e) && named.Contains(run))
            {
                // It goes because somebody says so, not because of what it holds.
                return new RunLook(run, null, false, 0, 0, default);
            }
            catch (FlowException e) when (e is not StoreUnavailableException)
            {
                throw Unknown(run, e);
            }
        }
    }

    private async ValueTask<(ImmutableList<RunLook> Looks, ImmutableArray<RunKey> Closed)> CloseAsync(ImmutableList<RunLook> looks, bool isDry, CancellationToken cancel)
    {
        var closed = ImmutableArray.CreateBuilder<RunKey>();
        foreach (var look in looks.Where(look => look.IsOpen && look.Age > Abandoned).ToArray())
        {
            // A job may have to wait for a machine longer than that.
            if (await store.IsDrivenAsync(look.Run, await store.ReplayAsync(look.Run, cancel), cancel)) continue;
            if (!isDry)
            {
                await store.CloseAsync(look.Run, "Its driver had given no sign of life for a day; closed by gc.", LogOptions, cancel);
                looks = looks.Replace(look, await RunLook.AtAsync(store, look.Run, cancel));
            }

            closed.Add(look.Run);
        }

        return (looks, closed.ToImmutable());
    }

    private async ValueTask<BlobMarks> MarkAsync(Generation generation, int barrier, ImmutableList<RunLook> looks, CancellationToken cancel)
    {
        var marks = new BlobMarks(store.Artifacts);
        var roots = looks.Where(look => look.Manifest is not null).Select(look => look.Run).Concat(generation.Retired.Where(entry => entry.Value > barrier).Select(entry => entry.Key));
        await System.Threading.Tasks.Parallel.ForEachAsync(roots, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel, TaskScheduler = TaskScheduler.Current }, async (run, stop) =>
        {
            try
            {
                await RunReferences.MarkAsync(store, run, generation.Number, marks, stop);
            }
            catch (FlowException e) when (e is not StoreUnavailableException)
            {
                throw Unknown(run, e);
            }
        });
        return marks;
    }

    private static FlowException Unknown(RunKey run, FlowException e) =>
        new(e.Code, $"Nothing was removed, because it is not known what run {run} needs: {e.Message} 'fsck' looks at everything; 'rm {run}' removes a run that is of no use any more.", StoreErrors.ExitCode, e);
}
