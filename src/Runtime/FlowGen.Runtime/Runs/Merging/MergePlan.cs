namespace FlowGen.Runs;

/// <summary>
/// Which slots are merged: a pure function of the log, so everybody who merges puts the same objects (C6). Each span cuts the log every so many slots, and there again before an object would exceed 4 MiB.
/// Objects that would spare few reads are left out: slots that are large anyhow are not worth a copy.
/// </summary>
internal static class MergePlan
{
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Slots of the shortest span, and of the one after which a run is long.</summary>
    public const int Short = 16, Long = 256;

    /// <summary>Slots between two cuts. Each is 16 of the one before, so that of any log at most 15 objects of each span, and 15 slots, are left to read.</summary>
    public static ReadOnlySpan<int> Spans => [Short, Long, 4096, 65_536];

    /// <summary>Objects of fewer slots are not made.</summary>
    public static int LeastSlots(int span) => Math.Max(8, span / 4);

    /// <summary>What to merge.</summary>
    /// <param name="span">One of <see cref="Spans"/>.</param>
    /// <param name="first">The first slot, where the span cuts.</param>
    /// <param name="lengths">Lengths of the contents of all slots up to the next cut.</param>
    public static IEnumerable<MergedRange> Of(int span, int first, IReadOnlyList<int> lengths)
    {
        var (start, bytes) = (0, 0L);
        for (var i = 0; i <= lengths.Count; i++)
        {
            if (i < lengths.Count && (i == start || bytes + lengths[i] <= MaxBytes))
            {
                bytes += lengths[i];
                continue;
            }

            if (i - start >= LeastSlots(span)) yield return new MergedRange(span, first + start, first + i - 1);
            if (i == lengths.Count) yield break;
            (start, bytes) = (i, lengths[i]);
        }
    }
}
