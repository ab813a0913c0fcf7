using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>
/// Which tasks a step has as far as its collections are known: the leaves of a tree with one level a dimension. Nothing of the tree is kept, so widths cost nothing, and what
/// counts or lists tasks takes time in proportion to the collections that are known, whatever widths the log claims.
/// </summary>
internal sealed class StepScope
{
    private readonly Extents _extents;
    private readonly ImmutableArray<int> _scope;

    /// <summary>For each level, where in an index the numbers are that name its collection.</summary>
    private readonly int[][] _own;

    /// <summary>For each level, the first deeper one whose collections are made in it; 0 if there is none, so that its items are all alike.</summary>
    private readonly int[] _nested;

    public StepScope(Extents extents, ImmutableArray<int> scope)
    {
        (_extents, _scope) = (extents, scope);
        _own = [.. scope.Select(dimension => extents.OwnScopes[dimension].Select(outer => scope.IndexOf(outer)).ToArray())];
        _nested = [.. Enumerable.Range(0, scope.Length).Select(level => Math.Max(0, Array.FindIndex(_own, own => own.Contains(level))))];
    }

    /// <summary>Number of dimensions.</summary>
    public int Levels => _scope.Length;

    public bool Contains(TaskIndex index) => index.Count == Levels && (Levels == 0 || (ContainsPrefix(index, Levels - 1) && index.Last < Width(Levels - 1, index.ToArray())));

    /// <summary>Number of tasks that differ from this one in the last number only, itself included; <c>null</c> if there are none.</summary>
    public int? WidthAt(TaskIndex index) => index.Count != Levels ? null : Levels == 0 ? 1 : ContainsPrefix(index, Levels - 1) ? Width(Levels - 1, index.ToArray()) : null;

    /// <summary>Whether there may be tasks whose index begins so.</summary>
    public bool ContainsPrefix(TaskIndex index) => index.Count <= Levels && ContainsPrefix(index, index.Count);

    /// <summary>Number of tasks that are known to exist; at most <see cref="long.MaxValue"/>.</summary>
    public long Count() => Levels == 0 ? 1 : Count(0, new int[Levels], null);

    /// <summary>Number of tasks that exist because one collection is known.</summary>
    public long CountBecauseOf(int dimension, TaskIndex at)
    {
        if (!_scope.Contains(dimension)) return 0;
        var pinned = new int[Levels];
        Array.Fill(pinned, -1);
        for (var i = 0; i < at.Count; i++) pinned[_scope.IndexOf(_extents.OwnScopes[dimension][i])] = at[i];
        return Count(0, new int[Levels], pinned);
    }

    /// <summary>The tasks in index order, as ranges that differ in the last number only: the first of them, and how many.</summary>
    public IEnumerable<(TaskIndex First, int Count)> Blocks() => Levels == 0 ? [(default, 1)] : Blocks(0, new int[Levels]);

    /// <summary>Whether no task can appear any more.</summary>
    /// <param name="isLost">Whether it is known that there will be no tasks whose index begins so.</param>
    public bool IsComplete(Func<TaskIndex, bool> isLost) => IsComplete(0, new int[Levels], isLost);

    private bool ContainsPrefix(TaskIndex index, int count)
    {
        if (count == 0) return true;
        var numbers = index.ToArray();
        for (var level = 0; level < count; level++)
            if (!(numbers[level] < Width(level, numbers))) return false;
        return true;
    }

    private int? Width(int level, int[] numbers) => _extents.Width(_scope[level], At(level, numbers));

    /// <summary>The index of a level's collection, given the numbers of the levels before.</summary>
    private TaskIndex At(int level, int[] numbers)
    {
        var own = _own[level];
        if (own.Length == 0) return default;
        if (own.Length == 1) return TaskIndex.Of(numbers[own[0]]);
        Span<int> at = own.Length <= 16 ? stackalloc int[own.Length] : new int[own.Length];
        for (var i = 0; i < at.Length; i++) at[i] = numbers[own[i]];
        return TaskIndex.Of(at);
    }

    private long Count(int level, int[] numbers, int[]? pinned)
    {
        if (Width(level, numbers) is not { } width) return 0;
        if (pinned?[level] is >= 0 and var only)
        {
            numbers[level] = only;
            return only >= width ? 0 : level == Levels - 1 ? 1 : Count(level + 1, numbers, pinned);
        }

        if (level == Levels - 1) return width;
        if (_nested[level] == 0) return (long)Int128.Min((Int128)width * Count(level + 1, numbers, pinned), long.MaxValue);
        var count = (Int128)0;
        foreach (var number in Numbers(level, numbers, width))
        {
            numbers[level] = number;
            count += Count(level + 1, numbers, pinned);
        }

        return (long)Int128.Min(count, long.MaxValue);
    }

    private IEnumerable<(TaskIndex First, int Count)> Blocks(int level, int[] numbers)
    {
        if (Width(level, numbers) is not { } width || width == 0) yield break;
        if (level == Levels - 1)
        {
            numbers[level] = 0;
            yield return (TaskIndex.Of(numbers), width);
            yield break;
        }

        foreach (var number in Numbers(level, numbers, width))
        {
            numbers[level] = number;
            foreach (var block in Blocks(level + 1, numbers)) yield return block;
        }
    }

    private bool IsComplete(int level, int[] numbers, Func<TaskIndex, bool> isLost)
    {
        if (level == Levels || isLost(TaskIndex.Of(numbers.AsSpan(0, level)))) return true;
        if (Width(level, numbers) is not { } width) return false;
        if (_nested[level] == 0)
        {
            numbers[level] = 0;
            return width == 0 || IsComplete(level + 1, numbers, isLost);
        }

        for (numbers[level] = 0; numbers[level] < width; numbers[level]++)
            if (!IsComplete(level + 1, numbers, isLost)) return false;
        return true;
    }

    /// <summary>The numbers of a level that have something below them. A width that is far greater than what is known below is not believed.</summary>
    private IEnumerable<int> Numbers(int level, int[] numbers, int width)
    {
        var nested = _nested[level];
        if (nested == 0 || width / 4 <= _extents.KnownOf(_scope[nested])) return Enumerable.Range(0, width);
        var before = Array.IndexOf(_own[nested], level);
        Span<int> prefix = stackalloc int[before];
        for (var i = 0; i < before; i++) prefix[i] = numbers[_own[nested][i]];
        return _extents.NumbersAfter(_scope[nested], TaskIndex.Of(prefix));
    }
}
