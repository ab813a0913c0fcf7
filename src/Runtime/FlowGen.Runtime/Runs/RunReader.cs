using System.Globalization;
using System.Runtime.CompilerServices;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Replays the log of a run, from slot 0 to the first that is missing, or reads the index that was made of it. Nothing else decides what happened (C1).</summary>
internal sealed class RunReader(IObjectStore objects)
{
    /// <summary>
    /// The run as its index or its log tells it, or <c>null</c> if there is no such run. An index that cannot be read costs nothing but time while its slots are there;
    /// it is the error when they are not.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="heard">Gets every record, if the log is read: also those that count for nothing.</param>
    public async ValueTask<RunFold?> ReplayAsync(RunKey run, CancellationToken cancel, Func<RunRecord, ValueTask>? heard = null)
    {
        try
        {
            if (await new RunIndex(objects).ReadAsync(run, cancel) is { } indexed) return indexed;
        }
        catch (FlowException e) when (IsUnreadable(e))
        {
            try
            {
                if (await ReplayLogAsync(run, cancel, heard: heard) is { End: not null } closed) return closed;
            }
            catch (FlowException again) when (IsUnreadable(again))
            {
                // The log has gaps, because the index made it superfluous: what is wrong is the index.
            }
            throw;
        }

        try
        {
            return await ReplayLogAsync(run, cancel, heard: heard);
        }
        catch (FlowException e) when (e.Code == StoreErrors.Missing)
        {
            // gc may have removed slots that an index covers, after we looked for it.
            if (await new RunIndex(objects).ReadAsync(run, cancel) is { } indexed) return indexed;
            throw;
        }
    }

    public static bool IsUnreadable(FlowException e) => e.Code is StoreErrors.Damaged or StoreErrors.Missing;

    /// <summary>The run as its log tells it, or <c>null</c> if there is no such run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="leavesOutputs">Whether outputs that travel in records are left there: then a task takes a few hundred bytes, however large they are.</param>
    /// <param name="heard">Gets every record.</param>
    public async ValueTask<RunFold?> ReplayLogAsync(RunKey run, CancellationToken cancel, bool leavesOutputs = false, Func<RunRecord, ValueTask>? heard = null)
    {
        var fold = new RunFold();
        await AddAllAsync();
        if (fold.End is null && await LastSlotAsync(run, fold.Slots, cancel) is { } later)
        {
            // The driver may have written both while we were looking; otherwise somebody removed a slot, and what follows cannot be understood.
            await AddAllAsync();
            if (fold.Slots <= later) throw StoreErrors.MissingObject(objects.Location, LogSlot.Key(run, fold.Slots));
        }
        if (fold.Slots == 0) return null;
        return fold.Manifest!.Run == run ? fold : throw StoreErrors.DamagedObject(objects.Location, LogSlot.Key(run, 0), $"it belongs to the run {fold.Manifest.Run}");

        async ValueTask AddAllAsync()
        {
            await foreach (var slot in FollowAsync(run, fold, cancel, leavesOutputs))
            {
                if (heard is null) continue;
                foreach (var record in slot.Records) await heard(record);
            }
        }
    }

    /// <summary>Folds the slots that there are from where the fold ends, and gives each.</summary>
    public async IAsyncEnumerable<LogSlot> FollowAsync(RunKey run, RunFold fold, [EnumeratorCancellation] CancellationToken cancel, bool leavesOutputs = false)
    {
        if (fold.End is not null) yield break;
        await foreach (var stored in new SlotReader(objects, run).ReadAsync(fold.Slots, cancel))
        {
            var slot = LogSlot.Read(objects.Location, stored.Key, stored.Content, leavesOutputs);
            Add(run, fold, slot);
            yield return slot;
        }
    }

    public async ValueTask<LogSlot?> ReadAsync(RunKey run, int number, CancellationToken cancel)
    {
        var key = LogSlot.Key(run, number);
        return await objects.GetAsync(key, cancel) is { } bytes ? LogSlot.Read(objects.Location, key, bytes) : null;
    }

    /// <summary>Number of the last slot that a listing shows from <paramref name="from"/> on, or <c>null</c>.</summary>
    public async ValueTask<int?> LastSlotAsync(RunKey run, int from, CancellationToken cancel)
    {
        int? last = null;
        var prefix = run.Prefix + "log/";
        await foreach (var o in objects.ListAsync(prefix, from == 0 ? null : LogSlot.Key(run, from - 1), cancel))
            if (int.TryParse(o.Key.AsSpan(prefix.Length), NumberStyles.None, null, out var number)) last = number;
        return last;
    }

    /// <summary>The last slot of a run, without reading all names of a long log; <c>null</c> if there is only the first.</summary>
    public async ValueTask<LogSlot?> ReadLastAsync(RunKey run, CancellationToken cancel)
    {
        // A run is long if it has a slot beyond the first cut.
        var isLong = await objects.GetRangeAsync(LogSlot.Key(run, MergePlan.Long), 0, 1, cancel) is not null;
        var from = isLong ? Math.Max(1, (await MergedCover.ListAsync(objects, run, 0, cancel)).End - 1) : 1;
        return await LastSlotAsync(run, from, cancel) is { } last ? await ReadAsync(run, last, cancel) : null;
    }

    /// <summary>Folds one more slot; what makes no sense is an error that names it.</summary>
    private void Add(RunKey run, RunFold fold, LogSlot slot)
    {
        try
        {
            fold.Add(slot);
        }
        catch (FormatException e)
        {
            throw StoreErrors.DamagedObject(objects.Location, LogSlot.Key(run, fold.Slots), e.Message, e);
        }
    }
}
