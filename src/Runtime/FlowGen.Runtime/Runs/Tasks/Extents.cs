using System.Collections.Immutable;

namespace FlowGen.Runs;

/// <summary>The collections that are known: how many items each has. A dimension whose collection is made in a scope has one for each index of that scope.</summary>
internal sealed class Extents
{
    private readonly Dictionary<TaskIndex, int>[] _widths;
    private readonly Dictionary<TaskIndex, ImmutableArray<string?>>?[] _labels;
    private readonly TaskIndex[]?[] _sorted;

    public Extents(GraphDescription graph)
    {
        OwnScopes = graph.Dimensions.IsEmpty ? [] : [.. graph.Dimensions.Select(graph.ScopeOf)];
        _widths = [.. graph.Dimensions.Select(_ => new Dictionary<TaskIndex, int>())];
        _labels = new Dictionary<TaskIndex, ImmutableArray<string?>>?[OwnScopes.Length];
        _sorted = new TaskIndex[]?[OwnScopes.Length];
    }

    /// <summary>For each dimension, the dimensions of its collection: those that it is nested in.</summary>
    public ImmutableArray<ImmutableArray<int>> OwnScopes { get; }

    /// <summary>Number of known collections of a dimension.</summary>
    public int KnownOf(int dimension) => _widths[dimension].Count;

    public int? Width(int dimension, TaskIndex at) => _widths[dimension].TryGetValue(at, out var width) ? width : null;

    /// <summary>What people call an item, if it has a label.</summary>
    public string? Label(int dimension, TaskIndex at, int item) =>
        _labels[dimension] is { } labels && labels.TryGetValue(at, out var known) && item < known.Length ? known[item] : null;

    /// <summary>A collection is known. Of all that is said of one the first stands.</summary>
    /// <returns>False if it was known.</returns>
    /// <exception cref="FormatException">There is no such collection.</exception>
    public bool TryAdd(DimensionSized sized)
    {
        if (sized.Dimension >= _widths.Length) throw new FormatException("a dimension is not in the graph");
        if (!new StepScope(this, OwnScopes[sized.Dimension]).Contains(sized.At)) throw new FormatException("a collection cannot be");
        if (sized.Labels.Length > sized.Width) throw new FormatException("a collection has more labels than items");
        if (!_widths[sized.Dimension].TryAdd(sized.At, sized.Width)) return false;
        _sorted[sized.Dimension] = null;
        if (!sized.Labels.IsEmpty) (_labels[sized.Dimension] ??= []).Add(sized.At, sized.Labels);
        return true;
    }

    /// <summary>The same as records, outer dimensions first, in index order.</summary>
    public IEnumerable<DimensionSized> Records() =>
        from dimension in Enumerable.Range(0, _widths.Length).OrderBy(d => OwnScopes[d].Length)
        from at in Sorted(dimension)
        select new DimensionSized(dimension, at, _widths[dimension][at]) { Labels = _labels[dimension]?.GetValueOrDefault(at) is { IsDefault: false } labels ? labels : [] };

    /// <summary>The different numbers that follow a prefix in the indices of a dimension's known collections, in order.</summary>
    public IEnumerable<int> NumbersAfter(int dimension, TaskIndex prefix)
    {
        var known = Sorted(dimension);
        var last = -1;
        for (var i = LowerBound(known, prefix); i < known.Length && known[i].StartsWith(prefix); i++)
        {
            if (known[i][prefix.Count] == last) continue;
            yield return last = known[i][prefix.Count];
        }
    }

    private TaskIndex[] Sorted(int dimension)
    {
        if (_sorted[dimension] is { } sorted) return sorted;
        sorted = [.. _widths[dimension].Keys];
        Array.Sort(sorted);
        return _sorted[dimension] = sorted;
    }

    private static int LowerBound(TaskIndex[] known, TaskIndex prefix) => Array.BinarySearch(known, prefix) is var found && found < 0 ? ~found : found;
}
