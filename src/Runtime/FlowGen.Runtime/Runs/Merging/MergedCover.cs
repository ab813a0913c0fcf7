using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>The merged objects of a run that a listing shows. What is listed need not be complete, nor still be there.</summary>
internal sealed class MergedCover
{
    private readonly List<MergedRange> _ranges;

    private MergedCover(List<MergedRange> ranges) => _ranges = ranges;

    /// <summary>The slot after the last that is covered.</summary>
    public int End => _ranges.Count == 0 ? 0 : _ranges.Max(static range => range.Last) + 1;

    public IReadOnlyList<MergedRange> Ranges => _ranges;

    public static async ValueTask<MergedCover> ListAsync(IObjectStore objects, RunKey run, CancellationToken cancel)
    {
        var ranges = new List<MergedRange>();
        await foreach (var found in objects.ListAsync(MergedRange.Prefix(run), null, cancel))
            if (MergedRange.Parse(run, found.Key) is { } range) ranges.Add(range);
        ranges.Sort(static (a, b) => a.First.CompareTo(b.First));
        return new MergedCover(ranges);
    }

    /// <summary>The object that covers a slot and reaches furthest; <c>null</c> if none does.</summary>
    public MergedRange? At(int slot)
    {
        MergedRange? best = null;
        foreach (var range in _ranges)
        {
            if (range.First > slot) break;
            if (range.Last >= slot && (best is null || range.Last > best.Value.Last)) best = range;
        }

        return best;
    }

    /// <summary>The first slot after this one that an object covers.</summary>
    public int NextAfter(int slot)
    {
        foreach (var range in _ranges)
            if (range.First > slot) return range.First;
        return int.MaxValue;
    }

    public void Remove(MergedRange range) => _ranges.Remove(range);
}
