namespace FlowGen.Runs;

/// <summary>How the indices of a step's tasks begin that will never exist because the collection of their next dimension was not made, and why. Neighbours that are told together are one range, whatever their number.</summary>
internal sealed class LostTasks
{
    private readonly Dictionary<TaskIndex, TaskRanges> _ranges = [];

    /// <summary>Number of these beginnings.</summary>
    public long Count { get; private set; }

    /// <summary>In index order. Nothing can lie between two that differ in the last number only: below what is lost there is nothing.</summary>
    public IEnumerable<(TaskIndex First, int Count, object Reason)> Ranges =>
        from block in _ranges
        from range in block.Value.All
        let first = block.Key.IsEmpty ? block.Key : block.Key.WithLast(range.First)
        orderby first
        select (first, range.Count, range.Reason);

    /// <summary>The same, one by one.</summary>
    public IEnumerable<(TaskIndex Index, object Reason)> All =>
        from range in Ranges
        from number in Enumerable.Range(0, range.Count)
        select (range.First.IsEmpty ? range.First : range.First.WithLast(range.First.Last + number), range.Reason);

    public void Add(TaskIndex first, int count, object reason)
    {
        var key = BlockOf(first);
        if (!_ranges.TryGetValue(key, out var ranges)) _ranges.Add(key, ranges = new TaskRanges());
        Count += ranges.Add(Math.Max(first.Last, 0), count, reason);
    }

    /// <summary>Why there are no tasks whose index begins so; <c>null</c> if that is not known.</summary>
    public object? Find(TaskIndex index) => _ranges.TryGetValue(BlockOf(index), out var ranges) ? ranges.Find(Math.Max(index.Last, 0)) : null;

    private static TaskIndex BlockOf(TaskIndex index) => index.IsEmpty ? index : index.WithLast(0);
}
