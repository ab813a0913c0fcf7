using System.Runtime.InteropServices;

namespace FlowGen.Scheduling;

/// <summary>Neighbours among the tasks of a space.</summary>
internal readonly record struct TaskRange(int First, int Count);

/// <summary>
/// Leads from the tasks of one scope to those of another with only some of its dimensions: to the one whose index agrees (<see cref="Of"/>), and back to all whose index agrees
/// (<see cref="Select"/>). Reuses its memory, so it belongs to one thread at a time and to one user.
/// </summary>
internal sealed class TaskProjection
{
    private readonly TaskProjection? _parent;
    private readonly bool _keepsLast;
    private readonly List<TaskRange> _selected = [];

    public TaskProjection(TaskSpace from, TaskSpace to)
    {
        (From, To) = (from, to);
        if (from == to) return;
        _keepsLast = to.Parent is not null && to.Scope[^1] == from.Scope[^1];
        _parent = new TaskProjection(from.Parent ?? throw new ArgumentException("The dimensions are not among the others, in their order.", nameof(to)), _keepsLast ? to.Parent! : to);
    }

    public TaskSpace From { get; }

    public TaskSpace To { get; }

    /// <summary>The task of the smaller scope whose index agrees, or -1 if it does not exist yet.</summary>
    public int Of(int ordinal)
    {
        if (To.Parent is null) return 0;
        if (_parent is null) return ordinal;
        var (parent, number) = From.Locate(ordinal);
        var (first, step) = OfBlock(parent);
        return first < 0 ? -1 : first + step * number;
    }

    /// <summary>The same for all children of one parent at once: that of the first one, and how far those of neighbours are apart (0 or 1).</summary>
    public (int First, int Step) OfBlock(int parent)
    {
        if (To.Parent is null) return (0, 0);
        if (_parent is null) return (From.FirstOf(parent), 1);
        var above = _parent.Of(parent);
        if (!_keepsLast) return (above, 0);
        return above >= 0 && To.IsKnown(above) ? (To.FirstOf(above), 1) : (-1, 1);
    }

    /// <summary>All tasks of the larger scope whose index agrees with a task of the smaller, in index order. The result is overwritten by the next call.</summary>
    public ReadOnlySpan<TaskRange> Select(int ordinal)
    {
        _selected.Clear();
        if (_parent is null) _selected.Add(new TaskRange(ordinal, 1));
        else if (_keepsLast)
        {
            var (above, number) = To.Locate(ordinal);
            foreach (var parents in _parent.Select(above))
                for (var parent = parents.First; parent < parents.First + parents.Count; parent++)
                    if (number < From.WidthOf(parent)) Add(From.FirstOf(parent) + number, 1);
        }
        else
        {
            foreach (var parents in _parent.Select(ordinal))
                for (var parent = parents.First; parent < parents.First + parents.Count; parent++)
                    if (From.WidthOf(parent) > 0) Add(From.FirstOf(parent), From.WidthOf(parent));
        }

        return CollectionsMarshal.AsSpan(_selected);
    }

    private void Add(int first, int count)
    {
        if (_selected.Count > 0 && _selected[^1] is var last && last.First + last.Count == first) _selected[^1] = new TaskRange(last.First, last.Count + count);
        else _selected.Add(new TaskRange(first, count));
    }
}
