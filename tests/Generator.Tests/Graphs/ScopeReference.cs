using FlowGen.Generator.Graph;

namespace Generator.Tests.Graphs;

/// <summary>What the rules of dimensions mean: every task of every step as a tuple of numbers, joined as tables are. Every collection has two items, so that each dimension can be seen in the tasks.</summary>
internal sealed class ScopeReference
{
    private readonly ScopeInput[][] _flow;

    public ScopeReference(ScopeInput[][] flow)
    {
        _flow = flow;
        Tasks = new Table?[flow.Length];
        Mistakes = [.. flow.Select(_ => new HashSet<ScopeProblemKind>())];
        for (var step = 0; step < flow.Length; step++) Tasks[step] = Run(step);
    }

    /// <summary>The tasks of each step; <c>null</c> where they cannot be told.</summary>
    public Table?[] Tasks { get; }

    public HashSet<ScopeProblemKind>[] Mistakes { get; }

    private Table? Run(int step)
    {
        var inputs = _flow[step];
        if (inputs.Any(input => input.Kind == ScopeInputKind.Unknown || Source(input) is null || input.Alternatives.Any(alternative => Tasks[alternative] is null))) return null;
        var items = inputs.Where(input => input.Kind == ScopeInputKind.Item).ToList();
        if (items.DistinctBy(input => input.Dimension).Count() < items.Count) Mistakes[step].Add(ScopeProblemKind.Repeated);
        foreach (var gather in inputs.Where(input => input.Kind == ScopeInputKind.GatherOver && !Source(input)!.Columns.Contains(input.Dimension)))
            Mistakes[step].Add(Source(gather)!.Rows.Count == 1 ? ScopeProblemKind.NothingToGather : ScopeProblemKind.ForeignOver);
        if (inputs.Any(input => input.Alternatives.Select(alternative => Tasks[alternative]!).Aggregate(Table.One, Table.Join).Rows.Count > Brings(input).Rows.Count && input.Kind == ScopeInputKind.OneOf))
            Mistakes[step].Add(ScopeProblemKind.Scattered);
        if (Mistakes[step].Count > 0) return null;

        // The tasks that the signature promises, and those that all inputs together would make.
        var promised = items.Count > 0 ? items.Select(Brings).Aggregate(Table.Join) : inputs.Select(Brings).Append(Table.One).MaxBy(table => table.Rows.Count)!;
        if (inputs.Select(Brings).Aggregate(promised, Table.Join).Rows.Count > promised.Rows.Count) Mistakes[step].Add(ScopeProblemKind.SilentMultiplication);
        foreach (var gather in inputs.Where(input => input.Kind is ScopeInputKind.Gather or ScopeInputKind.GatherOver))
            if (Wrong(gather, promised) is { } mistake) Mistakes[step].Add(mistake);
        if (Enumerable.Range(0, step).Any(other => Tasks[other] is { } tasks && !SameOrder(tasks.Columns, promised.Columns))) Mistakes[step].Add(ScopeProblemKind.Order);
        return Mistakes[step].Count > 0 ? null : promised;
    }

    private Table? Source(ScopeInput input) => input.Producer < 0 ? Table.One : Tasks[input.Producer];

    private Table Brings(ScopeInput input) => input.Kind switch
    {
        ScopeInputKind.Value => Source(input)!,
        ScopeInputKind.OneOf => input.Alternatives.Select(alternative => Tasks[alternative]!).MaxBy(table => table.Rows.Count)!,
        ScopeInputKind.Item => Source(input)!.WithItems(input.Dimension),
        ScopeInputKind.GatherOver => Source(input)!.Without(dimension => dimension == input.Dimension || IsInside(dimension, input.Dimension)),
        _ => Table.One,
    };

    /// <summary>A collection is inside another dimension if it exists once for each item of that.</summary>
    private bool IsInside(int inner, int outer) => inner > 0 && Tasks[inner - 1]!.Columns.Contains(outer);

    /// <summary>Looks at the list that each task would get.</summary>
    private ScopeProblemKind? Wrong(ScopeInput gather, Table tasks)
    {
        var lists = tasks.Rows.Select(task => Source(gather)!.Rows.Where(row => task.All(own => !row.TryGetValue(own.Key, out var index) || index == own.Value)).ToList()).ToList();
        var varies = Source(gather)!.Columns.Where(dimension => lists[0].Select(row => row[dimension]).Distinct().Count() > 1).ToList();
        if (varies.Count == 0 || (gather.Kind == ScopeInputKind.GatherOver && !varies.Contains(gather.Dimension))) return ScopeProblemKind.NothingToGather;
        return gather.Kind == ScopeInputKind.Gather && varies.Any(inner => varies.Any(outer => IsInside(inner, outer))) ? ScopeProblemKind.AmbiguousGather : null;
    }

    private static bool SameOrder(IReadOnlyList<int> one, IReadOnlyList<int> other) => one.Where(other.Contains).SequenceEqual(other.Where(one.Contains));
}

/// <summary>Tasks, or values, by their numbers in named dimensions.</summary>
internal sealed record Table(IReadOnlyList<int> Columns, IReadOnlyList<Dictionary<int, int>> Rows)
{
    public static Table One { get; } = new([], [[]]);

    public Table WithItems(int dimension) =>
        new([.. Columns, dimension], [.. Rows.SelectMany(row => Enumerable.Range(0, 2).Select(i => new Dictionary<int, int>(row) { [dimension] = i }))]);

    public Table Without(Func<int, bool> gone)
    {
        var columns = Columns.Where(column => !gone(column)).ToList();
        return new(columns, [.. Rows.Select(row => columns.ToDictionary(column => column, column => row[column])).DistinctBy(row => string.Join(',', row.Values))]);
    }

    /// <summary>All pairs of rows that agree in the columns they share.</summary>
    public static Table Join(Table left, Table right) => new([.. left.Columns.Union(right.Columns)],
        [.. left.Rows.SelectMany(a => right.Rows.Where(b => b.All(own => !a.TryGetValue(own.Key, out var index) || index == own.Value))
            .Select(b => new Dictionary<int, int>(a.Concat(b).DistinctBy(own => own.Key))))]);
}
