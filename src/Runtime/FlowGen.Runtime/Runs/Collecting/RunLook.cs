using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>What a collection wants to know of a run, from few objects of it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Manifest">What it is, without the tags of today; <c>null</c> if it is not registered.</param>
/// <param name="IsOpen">Whether it has no final record.</param>
/// <param name="Declared">Of an open run, the generation that its driver declares.</param>
/// <param name="Slots">How many slots its log has; 0 if that was not looked at.</param>
/// <param name="Age">Of an open run, how long ago its driver gave the last sign of life.</param>
internal sealed record RunLook(RunKey Run, RunManifest? Manifest, bool IsOpen, int Declared, int Slots, TimeSpan Age)
{
    /// <exception cref="FlowException">It cannot be told; the message names the object.</exception>
    public static async ValueTask<RunLook> AtAsync(RunStore store, RunKey run, CancellationToken cancel)
    {
        var objects = store.Objects;
        if (await store.Reader.ReadAsync(run, 0, cancel) is not { } first)
        {
            // What is removed last is the first slot.
            if (await store.Reader.LastSlotAsync(run, 0, cancel) is not null) throw StoreErrors.MissingObject(objects.Location, LogSlot.Key(run, 0));
            return new RunLook(run, null, false, 0, 0, default);
        }

        if (first.Records is not [RunRegistered { Manifest: var manifest }, ..] || manifest.Run != run) throw StoreErrors.DamagedObject(objects.Location, LogSlot.Key(run, 0), "it does not register this run");
        var last = await store.Reader.ReadLastAsync(run, cancel) ?? first;
        if (last.Records is [.., RunFinished]) return new RunLook(run, manifest, false, 0, last.Number + 1, default);

        var declared = manifest.Generation;
        // What an earlier driver declared binds nobody.
        if (await ReadBeatAsync(objects, run, cancel) is { } beat && beat.Epoch == last.Epoch) declared = Math.Max(declared, beat.Generation);

        var age = await objects.AgeAsync(LogSlot.Key(run, last.Number), cancel) ?? TimeSpan.Zero;
        if (await objects.AgeAsync(Beat.Key(run), cancel) is { } beaten && beaten < age) age = beaten;
        return new RunLook(run, manifest, true, declared, last.Number + 1, age);
    }

    /// <summary>A beat that is damaged declares nothing, so what the run declared first counts.</summary>
    private static async ValueTask<Beat?> ReadBeatAsync(IObjectStore objects, RunKey run, CancellationToken cancel)
    {
        try
        {
            return await objects.GetAsync(Beat.Key(run), cancel) is { } bytes ? Beat.Read(objects.Location, Beat.Key(run), bytes) : null;
        }
        catch (FlowException e) when (e.Code == StoreErrors.Damaged)
        {
            return null;
        }
    }
}
