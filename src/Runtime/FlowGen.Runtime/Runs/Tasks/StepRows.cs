using System.Runtime.InteropServices;

namespace FlowGen.Runs;

/// <summary>
/// The tasks of one step. A task that the log has said nothing about costs nothing; rows lie in pages by their ordinal: the tasks of a block (those that differ in the last
/// number only) have consecutive ones, blocks have theirs in the order in which the log first names them.
/// </summary>
internal sealed class StepRows(int step, StepScope scope, bool isLoop)
{
    private readonly int _pageSize = scope.Levels == 0 ? 1 : 16;

    /// <summary>So many tasks that will not run get rows of their own; more become one range.</summary>
    private const int FewTasks = 16;

    private readonly Dictionary<TaskIndex, (long First, int Width)> _blocks = [];
    private readonly Dictionary<long, TaskRow[]> _pages = [];
    private readonly Dictionary<long, List<TaskRow>> _iterations = [];
    private readonly Dictionary<TaskIndex, TaskRanges> _ranges = [];
    private long _next;

    /// <summary>Position of the step.</summary>
    public int Step => step;

    public bool IsLoop => isLoop;

    public StepScope Scope => scope;

    /// <summary>Number of tasks, an incomplete index counted as one; iterations are not counted.</summary>
    public long Count => scope.Count() + Lost.Count;

    /// <summary>Whether no task can appear any more.</summary>
    public bool IsExpanded => scope.IsComplete(index => Lost.Find(index) is not null);

    /// <summary>Whether there is such a task; of a loop, if it comes so far.</summary>
    public bool CanBe(TaskIndex index, int iteration) => isLoop == iteration >= 0 && scope.Contains(index);

    /// <summary>The row of a task.</summary>
    /// <exception cref="FormatException">There is no such task.</exception>
    public ref TaskRow At(TaskIndex index, int iteration)
    {
        var ordinal = OrdinalOf(index, Math.Max(index.Last, 0));
        if (isLoop != iteration >= 0) throw Impossible();
        if (isLoop)
        {
            if (!_iterations.TryGetValue(ordinal, out var iterations)) _iterations.Add(ordinal, iterations = []);
            if (iteration > iterations.Count) throw Impossible();
            if (iteration == iterations.Count) iterations.Add(default);
            return ref CollectionsMarshal.AsSpan(iterations)[iteration];
        }

        var key = ordinal / _pageSize;
        if (!_pages.TryGetValue(key, out var page)) _pages.Add(key, page = new TaskRow[_pageSize]);
        return ref page[ordinal % _pageSize];
    }

    /// <summary>Tasks will not run: <paramref name="reason"/> is a <see cref="TaskAddress"/> or a <see cref="SkipReason"/>.</summary>
    /// <exception cref="FormatException">There are no such tasks.</exception>
    public void Close(TaskIndex first, int count, object reason, bool asRange)
    {
        var position = Math.Max(first.Last, 0);
        if (first.Count < scope.Levels)
        {
            if (position + (count - 1L) > (first.IsEmpty ? 0 : int.MaxValue) || !scope.ContainsPrefix(first.IsEmpty ? first : first.WithLast(position + (count - 1)))) throw Impossible();
            Lost.Add(first, count, reason);
            return;
        }

        OrdinalOf(first, position + (count - 1L));
        if (!isLoop && !asRange && count < FewTasks)
        {
            for (var i = 0; i < count; i++)
            {
                ref var row = ref At(first.IsEmpty ? first : first.WithLast(position + i), -1);
                if (!row.IsDecided) (row.Status, row.Detail) = (reason is SkipReason ? FlowTaskStatus.Skipped : FlowTaskStatus.Blocked, reason);
            }

            return;
        }

        var key = BlockOf(first);
        if (!_ranges.TryGetValue(key, out var ranges)) _ranges.Add(key, ranges = new TaskRanges());
        ranges.Add(position, count, reason);
    }

    /// <summary>The tasks that the log has said something about on their own, in index order.</summary>
    public IEnumerable<(TaskIndex Index, int Iteration, TaskRow Row)> Known()
    {
        var keys = isLoop ? _iterations.Keys.ToArray() : [.. _pages.Keys];
        Array.Sort(keys);
        var size = isLoop ? 1 : _pageSize;
        foreach (var (block, (first, width)) in _blocks.OrderBy(entry => entry.Key))
        {
            var at = Array.BinarySearch(keys, first / size);
            for (at = at < 0 ? ~at : at; at < keys.Length && keys[at] * size < first + width; at++)
            {
                if (isLoop)
                {
                    var iterations = _iterations[keys[at]];
                    for (var i = 0; i < iterations.Count; i++) yield return (At(keys[at]), i, iterations[i]);
                    continue;
                }

                var page = _pages[keys[at]];
                for (var i = 0; i < _pageSize; i++)
                {
                    var ordinal = keys[at] * _pageSize + i;
                    if (ordinal >= first && ordinal < first + width && page[i].IsKnown) yield return (At(ordinal), -1, page[i]);
                }
            }

            TaskIndex At(long ordinal) => block.IsEmpty ? block : block.WithLast((int)(ordinal - first));
        }
    }

    /// <summary>What was said of many tasks at once, as records in index order.</summary>
    public IEnumerable<RunRecord> Records()
    {
        foreach (var (first, count, reason) in Lost.Ranges) yield return Record(first, count, reason);
        foreach (var (block, ranges) in _ranges.OrderBy(entry => entry.Key))
            foreach (var (first, count, reason) in ranges.All) yield return Record(block.IsEmpty ? block : block.WithLast(first), count, reason);

        RunRecord Record(TaskIndex first, int count, object reason) =>
            reason is SkipReason skipped ? new TasksSkipped(new TaskAddress(step, first), count, skipped) : new TasksBlocked(new TaskAddress(step, first), count, (TaskAddress)reason);
    }

    public IEnumerable<KeyValuePair<TaskIndex, TaskRanges>> Ranges => _ranges;

    /// <summary>What will never exist.</summary>
    public LostTasks Lost { get; } = new();

    /// <summary>Its row, if the log said something about it.</summary>
    public TaskRow Row(TaskIndex index) =>
        _blocks.TryGetValue(BlockOf(index), out var block) && _pages.TryGetValue((block.First + Math.Max(index.Last, 0)) / _pageSize, out var page)
            ? page[(block.First + Math.Max(index.Last, 0)) % _pageSize]
            : default;

    /// <summary>Whether its outcome stands.</summary>
    public bool IsDecided(TaskIndex index, int iteration) =>
        iteration < 0 ? Row(index).IsDecided : Iterations(index) is var iterations && iteration < iterations.Count && iterations[iteration].IsDecided;

    /// <summary>Its iterations, if it is one of a loop and the log said something about it.</summary>
    public IReadOnlyList<TaskRow> Iterations(TaskIndex index) =>
        _blocks.TryGetValue(BlockOf(index), out var block) && _iterations.TryGetValue(block.First + Math.Max(index.Last, 0), out var iterations) ? iterations : [];

    /// <summary>Why it is one of a range that will not run.</summary>
    public object? Reason(TaskIndex index) => _ranges.TryGetValue(BlockOf(index), out var ranges) ? ranges.Find(Math.Max(index.Last, 0)) : null;

    private static TaskIndex BlockOf(TaskIndex index) => index.IsEmpty ? index : index.WithLast(0);

    private long OrdinalOf(TaskIndex index, long last)
    {
        var key = BlockOf(index);
        if (index.Count != scope.Levels) throw Impossible();
        if (!_blocks.TryGetValue(key, out var block))
        {
            _blocks.Add(key, block = (_next, scope.WidthAt(key) ?? throw Impossible()));
            _next += block.Width;
        }

        return last < block.Width ? block.First + last : throw Impossible();
    }

    private static FormatException Impossible() => new("a task cannot be");
}
