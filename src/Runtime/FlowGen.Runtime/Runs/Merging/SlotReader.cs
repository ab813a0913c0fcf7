using System.Runtime.CompilerServices;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Reads the slots of a log in order, up to the first that is missing. Who reads on is given more at a time: one slot is asked for, then two at once, and so on; from the fourth slot on, what was
/// merged is read in its place. So a short run costs a read a slot, and a long one a few.
/// </summary>
internal sealed class SlotReader(IObjectStore objects, RunKey run)
{
    private const int MostSlots = 32, MostBytes = 16 * 1024 * 1024, MostMerged = 8, SlotsUnlisted = 3;

    /// <param name="from">The first slot.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="cover">What is merged, if that is known.</param>
    public async IAsyncEnumerable<StoredSlot> ReadAsync(int from, [EnumeratorCancellation] CancellationToken cancel, MergedCover? cover = null)
    {
        var begun = new Dictionary<MergedRange, Task<ReadOnlyMemory<byte>[]?>>();
        var (next, ahead) = (from, 1);
        while (true)
        {
            if (next >= from + SlotsUnlisted) cover ??= await MergedCover.ListAsync(objects, run, next, cancel);
            if (cover?.At(next) is { } range)
            {
                Begin(range);
                if (!begun.Remove(range, out var reading) || await reading is not { } slots)
                {
                    // Gone since it was listed, or damaged: the slots are there, or else an index.
                    cover.Remove(range);
                    continue;
                }

                for (var key = range.Key(run); next <= range.Last; next++) yield return new StoredSlot(next, key, slots[next - range.First]);
                continue;
            }

            var asked = new Task<byte[]?>[Math.Min(ahead, (cover?.NextAfter(next) ?? int.MaxValue) - next)];
            for (var i = 0; i < asked.Length; i++) asked[i] = objects.GetAsync(LogSlot.Key(run, next + i), cancel).AsTask();
            var found = await Task.WhenAll(asked);
            var bytes = 1L;
            foreach (var slot in found)
            {
                if (slot is null) yield break;
                bytes += slot.Length;
                var key = LogSlot.Key(run, next);
                yield return new StoredSlot(next++, key, Envelope.Open(objects.Location, key, ObjectKind.Slot, slot));
            }

            ahead = (int)Math.Clamp(MostBytes / (bytes / found.Length + 1), 1, Math.Min(ahead * 2, MostSlots));
        }

        void Begin(MergedRange range)
        {
            for (var (n, at) = (0, (MergedRange?)range); n < MostMerged && at is { } wanted; n++, at = cover.At(wanted.Last + 1))
                if (!begun.ContainsKey(wanted)) begun.Add(wanted, ReadAsync(wanted, cancel));
        }
    }

    /// <summary>The contents of merged slots; <c>null</c> if the object is not there or cannot be read.</summary>
    private async Task<ReadOnlyMemory<byte>[]?> ReadAsync(MergedRange range, CancellationToken cancel)
    {
        var key = range.Key(run);
        try
        {
            return await objects.GetAsync(key, cancel) is { } bytes ? MergedSlots.Read(objects.Location, key, range, bytes) : null;
        }
        catch (FlowException e) when (e.Code == StoreErrors.Damaged)
        {
            return null;
        }
    }
}
