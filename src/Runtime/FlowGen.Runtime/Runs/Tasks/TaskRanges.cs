namespace FlowGen.Runs;

/// <summary>Ranges of tasks that will not run, and why: sorted, without overlap. What is said first of a task stands.</summary>
internal sealed class TaskRanges
{
    private readonly List<(int First, int Count, object Reason)> _ranges = [];

    public IReadOnlyList<(int First, int Count, object Reason)> All => _ranges;

    /// <summary>Why a task will not run: the cause of a blocked one (<see cref="TaskAddress"/>), the <see cref="SkipReason"/> of a skipped one, or <c>null</c>.</summary>
    public object? Find(int position)
    {
        var after = After(position);
        return after > 0 && position - _ranges[after - 1].First < _ranges[after - 1].Count ? _ranges[after - 1].Reason : null;
    }

    /// <summary>Adds what is not covered yet.</summary>
    /// <returns>How many tasks that are.</returns>
    public int Add(int first, int count, object reason)
    {
        var added = 0;
        var end = first + count;
        var next = After(first);
        if (next > 0) first = Math.Max(first, _ranges[next - 1].First + _ranges[next - 1].Count);
        while (first < end)
        {
            var gap = Math.Min(end, next < _ranges.Count ? _ranges[next].First : end) - first;
            if (gap > 0)
            {
                _ranges.Insert(next++, (first, gap, reason));
                added += gap;
            }

            first = next < _ranges.Count ? Math.Max(first + gap, _ranges[next].First + _ranges[next].Count) : end;
            next++;
        }

        return added;
    }

    /// <summary>Position of the first range that begins after it.</summary>
    private int After(int position)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].First <= position) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
