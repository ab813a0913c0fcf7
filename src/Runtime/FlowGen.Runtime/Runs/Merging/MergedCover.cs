using System.Globalization;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>The merged objects of a run that listings show. What is listed need not be complete, nor still be there.</summary>
internal sealed class MergedCover
{
    /// <summary>By span, in order: those of one span have no slots in common.</summary>
    private readonly SortedDictionary<int, List<MergedRange>> _ranges = [];

    /// <summary>The slot after the last that is covered.</summary>
    public int End => _ranges.Values.Select(static ranges => ranges.Count == 0 ? 0 : ranges[^1].Last + 1).DefaultIfEmpty().Max();

    /// <summary>Lists what spares reads: long objects first, and of shorter ones only those that begin where the longer ones leave off, as their names would be very many.</summary>
    /// <param name="objects">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="from">The first slot that is wanted.</param>
    /// <param name="cancel">Stops.</param>
    public static async ValueTask<MergedCover> ListAsync(IObjectStore objects, RunKey run, int from, CancellationToken cancel)
    {
        var spans = new List<int>();
        await foreach (var name in objects.ListFoldersAsync(MergedRange.Prefix(run), cancel))
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var span) && MergedRange.IsSpan(span)) spans.Add(span);
        var cover = new MergedCover();
        // What was written before version 4 is as good: 2 is long, 1 is 256.
        foreach (var span in spans.OrderByDescending(static span => span switch { 2 => 65_536, 1 => MergePlan.Long, _ => span }))
        {
            var first = cover.FirstGap(from);
            // An object that begins earlier may reach beyond.
            first -= first % (span switch { 2 => 65_536, 1 => MergePlan.Long, _ => span });
            var ranges = new List<MergedRange>();
            await foreach (var found in objects.ListAsync(MergedRange.Prefix(run, span), first == 0 ? null : MergedRange.Before(run, span, first), cancel))
                if (MergedRange.Parse(run, found.Key) is { } range && (ranges.Count == 0 || range.First > ranges[^1].Last)) ranges.Add(range);
            cover._ranges.Add(span, ranges);
        }

        return cover;
    }

    /// <summary>The object that covers a slot and reaches furthest; <c>null</c> if none does.</summary>
    public MergedRange? At(int slot)
    {
        MergedRange? best = null;
        foreach (var ranges in _ranges.Values)
            if (Position(ranges, slot) is >= 0 and var at && ranges[at].Last >= slot && (best is null || ranges[at].Last > best.Value.Last)) best = ranges[at];
        return best;
    }

    /// <summary>The first slot after this one that an object covers.</summary>
    public int NextAfter(int slot)
    {
        var next = int.MaxValue;
        foreach (var ranges in _ranges.Values)
            if (Position(ranges, slot) + 1 is var at && at < ranges.Count) next = Math.Min(next, ranges[at].First);
        return next;
    }

    public void Remove(MergedRange range) => _ranges[range.Span].Remove(range);

    /// <summary>Position of the last range that does not begin after a slot, or -1.</summary>
    private static int Position(List<MergedRange> ranges, int slot)
    {
        var (low, high) = (0, ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].First <= slot) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    private int FirstGap(int slot)
    {
        while (At(slot) is { } range) slot = range.Last + 1;
        return slot;
    }
}
