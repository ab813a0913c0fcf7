using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Merges slots of a log (C6). Anybody may, at any time and twice: all put the same bytes.</summary>
internal sealed class LogMerger(IObjectStore objects, RunKey run)
{
    /// <summary>Merges the slots between two cuts of a span, all of which are there.</summary>
    /// <param name="span">One of <see cref="MergePlan.Spans"/>.</param>
    /// <param name="number">Which, from 0.</param>
    /// <param name="cancel">Stops.</param>
    public async ValueTask MergeAsync(int span, int number, CancellationToken cancel)
    {
        var first = checked(number * span);
        var lengths = await LengthsAsync(first, span, cancel);
        if (lengths.Count == span) await MergeAsync(span, first, lengths, null, cancel);
    }

    /// <summary>Merges what nobody has merged yet of a log, and may be read: what longer objects cover is not merged again.</summary>
    /// <param name="slots">How many slots there are.</param>
    /// <param name="cancel">Stops.</param>
    public async ValueTask MergeAllAsync(int slots, CancellationToken cancel)
    {
        if (slots < MergePlan.Long) return;
        var lengths = await LengthsAsync(0, slots, cancel);
        foreach (var span in MergePlan.Spans.ToArray())
        {
            var cover = await MergedCover.ListAsync(objects, run, 0, cancel);
            for (var first = 0; first + span <= lengths.Count; first += span)
                if (cover.At(first) is not { } range || range.Last < first + MergePlan.LeastSlots(span) - 1) await MergeAsync(span, first, lengths[first..(first + span)], cover, cancel);
        }
    }

    /// <summary>Merges slots that are at hand, from one cut to the next.</summary>
    public async ValueTask PutAsync(int span, int first, IReadOnlyList<ReadOnlyMemory<byte>> slots, CancellationToken cancel)
    {
        foreach (var range in MergePlan.Of(span, first, [.. slots.Select(static slot => slot.Length)]))
            await PutAsync(range, [.. slots.Skip(range.First - first).Take(range.Last - range.First + 1)], cancel);
    }

    private async ValueTask MergeAsync(int span, int first, List<int> lengths, MergedCover? cover, CancellationToken cancel)
    {
        foreach (var range in MergePlan.Of(span, first, lengths)) await PutAsync(range, await ReadAsync(range, cover, cancel), cancel);
    }

    /// <summary>Lengths of the contents of slots, up to the first that is not there.</summary>
    private async ValueTask<List<int>> LengthsAsync(int first, int most, CancellationToken cancel)
    {
        var lengths = new List<int>();
        await foreach (var slot in objects.ListAsync(run.Prefix + "log/", first == 0 ? null : LogSlot.Key(run, first - 1), cancel))
        {
            // Gaps are where gc has been, which leaves runs alone that need merging.
            if (slot.Key != LogSlot.Key(run, first + lengths.Count) || lengths.Count == most) break;
            lengths.Add((int)slot.Size - Envelope.Overhead);
        }

        return lengths;
    }

    private async ValueTask PutAsync(MergedRange range, IReadOnlyList<ReadOnlyMemory<byte>> slots, CancellationToken cancel) =>
        await objects.PutIfAbsentAsync(range.Key(run), MergedSlots.Wrap(range, slots), cancel);

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(MergedRange range, MergedCover? cover, CancellationToken cancel)
    {
        var slots = new List<ReadOnlyMemory<byte>>(range.Last - range.First + 1);
        await foreach (var slot in new SlotReader(objects, run).ReadAsync(range.First, cancel, cover))
        {
            slots.Add(slot.Content);
            if (slot.Number == range.Last) return slots;
        }

        throw StoreErrors.MissingObject(objects.Location, LogSlot.Key(run, range.First + slots.Count));
    }
}
