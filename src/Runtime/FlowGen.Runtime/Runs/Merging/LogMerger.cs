using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Merges slots of a log (C6). Anybody may, at any time and twice: all put the same bytes.</summary>
internal sealed class LogMerger(IObjectStore objects, RunKey run)
{
    /// <summary>Merges the slots between two cuts of a level, all of which are there.</summary>
    /// <param name="level">1 or 2.</param>
    /// <param name="number">Which, from 0.</param>
    /// <param name="cancel">Stops.</param>
    public async ValueTask MergeAsync(int level, int number, CancellationToken cancel)
    {
        var span = MergePlan.Span(level);
        var first = checked(number * span);
        var lengths = new List<int>();
        await foreach (var slot in objects.ListAsync(run.Prefix + "log/", first == 0 ? null : LogSlot.Key(run, first - 1), cancel))
        {
            // Gaps are where gc has been, which leaves runs alone that need merging.
            if (slot.Key != LogSlot.Key(run, first + lengths.Count) || lengths.Count == span) break;
            lengths.Add((int)slot.Size - Envelope.Overhead);
        }

        if (lengths.Count < span) return;
        foreach (var range in MergePlan.Of(level, first, lengths)) await PutAsync(range, await ReadAsync(range, cancel), cancel);
    }

    /// <summary>Merges what nobody has merged yet of a log.</summary>
    /// <param name="slots">How many slots there are.</param>
    /// <param name="cancel">Stops.</param>
    public async ValueTask MergeAllAsync(int slots, CancellationToken cancel)
    {
        if (slots < MergePlan.Fan) return;
        var cover = await MergedCover.ListAsync(objects, run, cancel);
        for (var level = 1; level <= MergePlan.Levels; level++)
        {
            var done = cover.Ranges.Where(range => range.Level == level).Select(range => range.First / MergePlan.Span(level)).ToHashSet();
            for (var n = 0; n < slots / MergePlan.Span(level); n++)
                if (!done.Contains(n)) await MergeAsync(level, n, cancel);
        }
    }

    public async ValueTask PutAsync(MergedRange range, IReadOnlyList<ReadOnlyMemory<byte>> slots, CancellationToken cancel) =>
        await objects.PutIfAbsentAsync(range.Key(run), MergedSlots.Wrap(range, slots), cancel);

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(MergedRange range, CancellationToken cancel)
    {
        var slots = new List<ReadOnlyMemory<byte>>(range.Last - range.First + 1);
        await foreach (var slot in new SlotReader(objects, run).ReadAsync(range.First, cancel))
        {
            slots.Add(slot.Content);
            if (slot.Number == range.Last) return slots;
        }

        throw StoreErrors.MissingObject(objects.Location, LogSlot.Key(run, range.First + slots.Count));
    }
}
