using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Replays the log of a run, from slot 0 to the first that is missing, or reads the index that was made of it. Nothing else decides what happened (C1).</summary>
internal sealed class RunReader(IObjectStore objects)
{
    /// <summary>
    /// The run as its index or its log tells it, or <c>null</c> if there is no such run. An index that cannot be read costs nothing but time while its slots are there;
    /// it is the error when they are not.
    /// </summary>
    public async ValueTask<RunFold?> ReplayAsync(RunKey run, CancellationToken cancel)
    {
        try
        {
            if (await new RunIndex(objects).ReadAsync(run, cancel) is { } indexed) return indexed;
        }
        catch (FlowException e) when (IsUnreadable(e))
        {
            try
            {
                if (await ReplayLogAsync(run, cancel) is { End: not null } closed) return closed;
            }
            catch (FlowException again) when (IsUnreadable(again))
            {
                // The log has gaps, because the index made it superfluous: what is wrong is the index.
            }
            throw;
        }
        return await ReplayLogAsync(run, cancel);
    }

    public static bool IsUnreadable(FlowException e) => e.Code is StoreErrors.Damaged or StoreErrors.Missing;

    /// <summary>The run as its log tells it, or <c>null</c> if there is no such run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="leavesOutputs">Whether outputs that travel in records are left there: then a task takes a few hundred bytes, however large they are.</param>
    public async ValueTask<RunFold?> ReplayLogAsync(RunKey run, CancellationToken cancel, bool leavesOutputs = false)
    {
        var fold = new RunFold();
        while (await ReadAsync(run, fold.Slots, cancel, leavesOutputs) is { } slot) Add(run, fold, slot);
        if (fold.End is null && await LastSlotAsync(run, fold.Slots, cancel) is { } later)
        {
            // The driver may have written both while we were looking; otherwise somebody removed a slot, and what follows cannot be understood.
            while (await ReadAsync(run, fold.Slots, cancel, leavesOutputs) is { } slot) Add(run, fold, slot);
            if (fold.Slots <= later) throw StoreErrors.MissingObject(objects.Location, LogSlot.Key(run, fold.Slots));
        }
        if (fold.Slots == 0) return null;
        return fold.Manifest!.Run == run ? fold : throw StoreErrors.DamagedObject(objects.Location, LogSlot.Key(run, 0), $"it belongs to the run {fold.Manifest.Run}");
    }

    public async ValueTask<LogSlot?> ReadAsync(RunKey run, int number, CancellationToken cancel, bool leavesOutputs = false)
    {
        var key = LogSlot.Key(run, number);
        return await objects.GetAsync(key, cancel) is { } bytes ? LogSlot.Read(objects.Location, key, bytes, leavesOutputs) : null;
    }

    /// <summary>Number of the last slot that a listing shows from <paramref name="from"/> on, or <c>null</c>.</summary>
    public async ValueTask<int?> LastSlotAsync(RunKey run, int from, CancellationToken cancel)
    {
        int? last = null;
        var prefix = run.Prefix + "log/";
        await foreach (var o in objects.ListAsync(prefix, from == 0 ? null : LogSlot.Key(run, from - 1), cancel))
            if (int.TryParse(o.Key.AsSpan(prefix.Length), System.Globalization.NumberStyles.None, null, out var number)) last = number;
        return last;
    }

    /// <summary>Folds one more slot; what makes no sense is an error that names it.</summary>
    public void Add(RunKey run, RunFold fold, LogSlot slot)
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
