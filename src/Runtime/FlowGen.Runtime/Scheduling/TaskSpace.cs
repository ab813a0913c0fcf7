using System.Collections.Immutable;
using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>
/// The tasks of one scope, inside one process numbered in the order of their appearance (their <em>ordinals</em>). They are the leaves of a tree with one level a dimension, and its inner
/// nodes are the tasks of the parent space. Tasks appear block by block, a block being the children of one parent, so their ordinals are neighbours and need no memory of their own.
/// </summary>
internal sealed class TaskSpace
{
    private const int Unknown = -1, Lost = -2;

    private readonly List<int> _starts = [], _parents = [];
    private int[] _first = [], _width = [];
    private int _recent;
    private Named? _named;

    /// <summary>Of <see cref="TaskSpaces"/> only, which makes each space once.</summary>
    public TaskSpace(ImmutableArray<int> scope, TaskSpace? parent) => (Scope, Parent, Count) = (scope, parent, parent is null ? 1 : 0);

    /// <summary>The dimensions, slowest first.</summary>
    public ImmutableArray<int> Scope { get; }

    /// <summary>The space without the last dimension; <c>null</c> of the one that has none, whose only task is always there.</summary>
    public TaskSpace? Parent { get; }

    /// <summary>Tasks that have appeared; their ordinals are smaller.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it is known what the children of a parent are: any, none, or that they will never be.</summary>
    public bool IsKnown(int parent) => parent < _width.Length && _width[parent] != Unknown;

    /// <summary>Whether the children of a parent will never exist, because the collection that they were to be made of failed.</summary>
    public bool IsLost(int parent) => parent < _width.Length && _width[parent] == Lost;

    /// <summary>Number of children of a parent as far as they exist.</summary>
    public int WidthOf(int parent) => parent < _width.Length ? Math.Max(_width[parent], 0) : 0;

    /// <summary>Ordinal of a parent's first child; meaningless if it has none.</summary>
    public int FirstOf(int parent) => _first[parent];

    /// <summary>The children of a parent exist from now on. Gives the first one's ordinal.</summary>
    /// <exception cref="FlowException">FG1120: there would be more than two billion tasks.</exception>
    public int Expand(int parent, int width)
    {
        var first = Count;
        if (width > int.MaxValue - Count)
            throw new FlowException("FG1120", $"The collections that a step iterates make more than {int.MaxValue} tasks: to the {Count} that are known come {width} more. Iterate smaller collections, or batches of items.", exitCode: 1);
        var count = Count + width;
        Know(parent, width);
        _first[parent] = first;
        Count = count;
        if (width > 0)
        {
            _starts.Add(first);
            _parents.Add(parent);
        }

        return first;
    }

    /// <summary>The children of a parent will never exist.</summary>
    public void Lose(int parent) => Know(parent, Lost);

    /// <summary>The parent of a task, and the task's number among its children.</summary>
    public (int Parent, int Number) Locate(int ordinal)
    {
        var block = Find(ordinal);
        return (_parents[block], ordinal - _starts[block]);
    }

    /// <summary>The task's index. Neighbours that are asked for one after the other share the memory of all but the last number.</summary>
    public TaskIndex IndexOf(int ordinal)
    {
        if (Parent is null) return default;
        if (Parent.Parent is null) return ordinal;
        var block = Find(ordinal);
        var named = _named;
        if (named?.Block != block) _named = named = new Named(block, Parent.IndexOf(_parents[block]).Append(0));
        return named.First.WithLast(ordinal - _starts[block]);
    }

    /// <summary>The task with this index, or -1 if there is none, at least not yet.</summary>
    public int OrdinalOf(TaskIndex index) => index.Count == Scope.Length ? OrdinalOf(index, Scope.Length) : -1;

    private int OrdinalOf(TaskIndex index, int length)
    {
        if (Parent is null) return 0;
        var parent = Parent.OrdinalOf(index, length - 1);
        var number = index[length - 1];
        return parent >= 0 && number < WidthOf(parent) ? _first[parent] + number : -1;
    }

    private void Know(int parent, int width)
    {
        if (parent >= _width.Length)
        {
            var known = _width.Length;
            var size = Parent!.Parent is null ? Parent.Count : Math.Max(parent + 1, (int)Math.Min(2L * known, Array.MaxLength));
            Array.Resize(ref _first, size);
            Array.Resize(ref _width, size);
            _width.AsSpan(known).Fill(Unknown);
        }

        if (_width[parent] != Unknown) throw new InvalidOperationException($"The children of a task in the dimensions {string.Join(", ", Scope)} are known already.");
        _width[parent] = width;
    }

    /// <summary>The block of a task. Tasks that are used one after the other are mostly neighbours, so the last one is tried first.</summary>
    private int Find(int ordinal)
    {
        var block = _recent;
        if (block < _starts.Count && ordinal >= _starts[block] && ordinal - _starts[block] < _width[_parents[block]]) return block;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)ordinal, (uint)Count, nameof(ordinal));
        block = _starts.BinarySearch(ordinal);
        return _recent = block < 0 ? ~block - 1 : block;
    }

    private sealed record Named(int Block, TaskIndex First);
}
