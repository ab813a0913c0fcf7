namespace FlowGen.Runs;

/// <summary>
/// Which slots are merged: a pure function of the log, so everybody who merges puts the same objects (C6). Level n cuts the log every 256^n slots, and there again before an object would exceed 4 MiB.
/// Objects that would spare few reads are left out: slots that are large anyhow are not worth a copy.
/// </summary>
internal static class MergePlan
{
    public const int Levels = 2, Fan = 256, MaxBytes = 4 * 1024 * 1024;

    /// <summary>Slots of a level between two cuts.</summary>
    public static int Span(int level) => level == 1 ? Fan : Fan * Fan;

    /// <summary>Objects of fewer slots are not made.</summary>
    public static int LeastSlots(int level) => level == 1 ? 16 : 1024;

    /// <summary>What to merge.</summary>
    /// <param name="level">1 or 2.</param>
    /// <param name="first">The first slot, where the level cuts.</param>
    /// <param name="lengths">Lengths of the contents of all slots up to the next cut.</param>
    public static IEnumerable<MergedRange> Of(int level, int first, IReadOnlyList<int> lengths)
    {
        var (start, bytes) = (0, 0L);
        for (var i = 0; i <= lengths.Count; i++)
        {
            if (i < lengths.Count && (i == start || bytes + lengths[i] <= MaxBytes))
            {
                bytes += lengths[i];
                continue;
            }

            if (i - start >= LeastSlots(level)) yield return new MergedRange(level, first + start, first + i - 1);
            if (i == lengths.Count) yield break;
            (start, bytes) = (i, lengths[i]);
        }
    }
}
