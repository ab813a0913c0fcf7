using System.Collections.Immutable;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Removes runs that are retired, and of others what is superfluous. Of a retired run the first slot, those in which a driver took it over and the last one stay for a month: their names must not be free for a
/// driver that has slept (C6). The first slot goes last, so a run that is there is there to be found.
/// </summary>
internal sealed class RunSweep(RunStore store, Sweep sweep, TimeProvider time)
{
    private static readonly TimeSpan Tombstones = TimeSpan.FromDays(30), Settled = TimeSpan.FromDays(1), Claims = TimeSpan.FromDays(7);

    private IObjectStore Objects => store.Objects;

    /// <param name="gone">Retired runs, and the generations that did that.</param>
    /// <param name="kept">All others.</param>
    /// <param name="cancel">Stops.</param>
    public async ValueTask RunAsync(IReadOnlyDictionary<RunKey, int> gone, ImmutableList<RunLook> kept, CancellationToken cancel)
    {
        await NamesAsync(gone, kept, cancel);
        var ages = new Dictionary<int, TimeSpan>();
        foreach (var (run, generation) in gone)
        {
            if (!ages.TryGetValue(generation, out var age)) ages.Add(generation, age = await store.Generations.AgeAsync(generation, cancel));
            await RetiredAsync(run, isForgotten: age > Tombstones, cancel);
        }

        foreach (var look in kept)
        {
            if (look.Manifest is null) await LeftoverAsync(look.Run, cancel);
            else if (look.IsOpen) await MergeAsync(look, cancel);
            else await IndexedAsync(look, cancel);
        }

        if (!sweep.IsDry) await Objects.DeleteTemporaryAsync(Settled, cancel);
    }

    private async ValueTask RetiredAsync(RunKey run, bool isForgotten, CancellationToken cancel)
    {
        var (first, log) = (LogSlot.Key(run, 0), run.Prefix + "log/");
        // The index first: a reader that finds it must not be let down by it.
        await sweep.ObjectsAsync(Objects.ListAsync(run.Prefix, null, cancel).Where(found => !found.Key.StartsWith(log, StringComparison.Ordinal)), cancel);
        var slots = await Objects.ListAsync(log, null, cancel).ToArrayAsync(cancel);
        if (slots.Length == 0) return;
        if (!isForgotten)
        {
            await sweep.ObjectsAsync(Superfluous(slots, cancel), cancel);
            return;
        }

        await sweep.ObjectsAsync(slots.Where(slot => slot.Key != first).ToAsyncEnumerable(), cancel);
        await sweep.ObjectsAsync(slots.Where(slot => slot.Key == first).ToAsyncEnumerable(), cancel);
    }

    /// <summary>The slots that may go: not the first, not the last, none that begins an epoch or cannot be read.</summary>
    private IAsyncEnumerable<StoredObject> Superfluous(StoredObject[] slots, CancellationToken cancel) => slots.Length <= 2 ? AsyncEnumerable.Empty<StoredObject>()
        : slots[1..^1].ToAsyncEnumerable().SelectAheadAsync(async slot => (Slot: slot, May: await MayGoAsync(slot.Key, cancel)), cancel).Where(static slot => slot.May).Select(static slot => slot.Slot);

    private async ValueTask<bool> MayGoAsync(string key, CancellationToken cancel)
    {
        try
        {
            return await Objects.GetAsync(key, cancel) is { } bytes && LogSlot.Read(Objects.Location, key, bytes).Records is not [EpochStarted or RunRegistered, ..];
        }
        catch (FlowException e) when (e is not StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Of a run that is closed and long, the index is enough.</summary>
    private async ValueTask IndexedAsync(RunLook look, CancellationToken cancel)
    {
        var index = new RunIndex(Objects);
        if (look.Slots < RunLogOptions.Default.IndexSlots) return;
        if (await index.ReadHeaderAsync(look.Run, cancel) is null)
        {
            if (!sweep.IsDry) await index.WriteAsync(look.Run, cancel);
            return;
        }

        await sweep.ObjectsAsync(Objects.ListAsync(MergedRange.Prefix(look.Run), null, cancel), cancel);
        var slots = await Objects.ListAsync(look.Run.Prefix + "log/", null, cancel).ToArrayAsync(cancel);
        // Somebody may be following it still; and what cannot be read from the index must not lose its log.
        if (slots.Length <= 2 || await Objects.AgeAsync(slots[^1].Key, cancel) < Settled || await index.ReadAsync(look.Run, cancel) is not { End: not null } fold || fold.Slots != look.Slots) return;
        await sweep.ObjectsAsync(Superfluous(slots, cancel), cancel);
    }

    private async ValueTask MergeAsync(RunLook look, CancellationToken cancel)
    {
        if (!sweep.IsDry) await new LogMerger(Objects, look.Run).MergeAllAsync(look.Slots, cancel);
    }

    /// <summary>What is left of a run whose first slot went last.</summary>
    private async ValueTask LeftoverAsync(RunKey run, CancellationToken cancel)
    {
        var left = await Objects.ListAsync(run.Prefix, null, cancel).ToArrayAsync(cancel);
        if (left.Length > 0 && await Objects.AgeAsync(left[0].Key, cancel) > Settled) await sweep.ObjectsAsync(left.ToAsyncEnumerable(), cancel);
    }

    /// <summary>Removes retired runs from the lists of tags and from the results that runs share.</summary>
    private async ValueTask NamesAsync(IReadOnlyDictionary<RunKey, int> gone, ImmutableList<RunLook> kept, CancellationToken cancel)
    {
        var ids = gone.Keys.Select(static run => run.Id).ToHashSet();
        var there = kept.Select(static look => look.Run.Id).ToHashSet();
        var now = time.GetUtcNow();
        if (ids.Count > 0)
            await sweep.ObjectsAsync(Objects.ListAsync("tags/", null, cancel).Where(found => found.Key.Split('/') is [_, _, _, "runs", var id] && ids.Contains(id)), cancel);
        await sweep.ObjectsAsync(Objects.ListAsync("cache/", null, cancel).Where(found =>
            found.Key.Split('/') is [_, _, { Length: > IdLength } name] && name[..IdLength] is var id && RunKey.IsId(id)
            && (ids.Contains(id) || !there.Contains(id) && new RunKey("", id).Created < now - Tombstones)), cancel);
        await sweep.ObjectsAsync(Objects.ListAsync("flight/", null, cancel).Where(found => found.LastModified < now - Claims), cancel);
    }

    private const int IdLength = 18;
}
