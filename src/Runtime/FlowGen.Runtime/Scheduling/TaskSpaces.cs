using System.Collections.Immutable;

namespace FlowGen.Scheduling;

/// <summary>
/// The spaces of a run's scopes. When a collection becomes known, every space that ends in its dimension grows under every parent whose index agrees; a parent that
/// appears later gets its children at once. A scope contains the collection's own wherever it contains the dimension, before it.
/// </summary>
internal sealed class TaskSpaces
{
    private const int Unknown = -1, Lost = -2;

    private readonly TaskSpace _root = new([], null);
    private readonly Dimension[] _dimensions;
    private readonly List<TaskSpace> _spaces;
    private readonly Dictionary<TaskSpace, List<Growth>> _children = [];

    /// <param name="collections">Scope of each dimension's collection, by position.</param>
    public TaskSpaces(ImmutableArray<ImmutableArray<int>> collections)
    {
        _spaces = [_root];
        _dimensions = [.. collections.Select(static scope => new Dimension(scope))];
    }

    /// <summary>The space of a scope. Has to be asked for before anything has appeared.</summary>
    public TaskSpace Of(ImmutableArray<int> scope)
    {
        if (scope.IsEmpty) return _root;
        foreach (var known in _spaces)
            if (known.Scope.AsSpan().SequenceEqual(scope.AsSpan())) return known;

        var parent = Of(scope[..^1]);
        var dimension = _dimensions[scope[^1]];
        if (Array.Exists(_dimensions, static d => d.Widths.Length > 0)) throw new InvalidOperationException("A space that is made after tasks have appeared would lack them.");
        var space = new TaskSpace(scope, parent);
        var growth = new Growth(space, dimension, new TaskProjection(parent, Of(dimension.Scope)));
        _spaces.Add(space);
        dimension.Growths.Add(growth);
        if (!_children.TryGetValue(parent, out var children)) _children.Add(parent, children = []);
        children.Add(growth);
        return space;
    }

    /// <summary>A collection is known. Adds to <paramref name="appeared"/> what appears by it, parents before their children.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="collection">Ordinal of the collection's task in the space of its scope; 0 for one that there is once.</param>
    /// <param name="width">Number of items.</param>
    /// <param name="appeared">Gets the new blocks.</param>
    public void Size(int dimension, int collection, int width, List<TaskBlock> appeared)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        Know(_dimensions[dimension], collection, width, appeared);
    }

    /// <summary>A collection failed or was blocked: what was to be made of it will never exist.</summary>
    public void Lose(int dimension, int collection, List<TaskBlock> appeared) => Know(_dimensions[dimension], collection, Lost, appeared);

    private void Know(Dimension dimension, int collection, int width, List<TaskBlock> appeared)
    {
        dimension.Know(collection, width);
        var next = appeared.Count;
        foreach (var growth in dimension.Growths)
            foreach (var parents in growth.ToCollection.Select(collection))
                for (var parent = parents.First; parent < parents.First + parents.Count; parent++) Grow(growth, parent, collection, width, appeared);

        for (; next < appeared.Count; next++)
        {
            var block = appeared[next];
            if (block.Width == 0 || !_children.TryGetValue(block.Space, out var children)) continue;
            foreach (var child in children)
            {
                var (first, step) = child.ToCollection.OfBlock(block.Parent);
                for (var i = 0; first >= 0 && i < block.Width; i++)
                    if (child.Dimension.WidthOf(first + i * step) is not Unknown and var known) Grow(child, block.First + i, first + i * step, known, appeared);
            }
        }
    }

    private static void Grow(Growth growth, int parent, int collection, int width, List<TaskBlock> appeared)
    {
        var space = growth.Space;
        if (space.IsKnown(parent)) return;
        if (width == Lost) space.Lose(parent);
        appeared.Add(new TaskBlock(space, parent, collection, width == Lost ? -1 : space.Expand(parent, width), Math.Max(width, 0)));
    }

    /// <summary>A space that grows by a dimension.</summary>
    private sealed record Growth(TaskSpace Space, Dimension Dimension, TaskProjection ToCollection);

    private sealed class Dimension(ImmutableArray<int> scope)
    {
        public ImmutableArray<int> Scope { get; } = scope;
        public List<Growth> Growths { get; } = [];
        public int[] Widths { get; private set; } = [];

        public int WidthOf(int collection) => collection < Widths.Length ? Widths[collection] : Unknown;

        public void Know(int collection, int width)
        {
            if (WidthOf(collection) != Unknown) throw new InvalidOperationException("A collection becomes known once.");
            if (collection >= Widths.Length)
            {
                var (widths, known) = (Widths, Widths.Length);
                Array.Resize(ref widths, Math.Max(collection + 1, (int)Math.Min(2L * known, Array.MaxLength)));
                widths.AsSpan(known).Fill(Unknown);
                Widths = widths;
            }

            Widths[collection] = width;
        }
    }
}
