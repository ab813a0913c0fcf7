namespace FlowGen.Generator.Graph;

/// <summary>
/// Computes the scope of each step: the dimensions in which it runs, slowest first. A scope that holds a dimension holds those of its collection before it.
/// A step that touches something unknown (an unbound input, a cycle, a step with a mistake in its scope) has unknown scope itself, and no rule speaks about it.
/// </summary>
internal sealed class Scopes
{
    private readonly IReadOnlyList<int>?[] _scopes;
    private readonly Dictionary<int, IReadOnlyList<int>> _outer = [];
    private readonly DimensionOrder _order = new();
    private readonly List<ScopeProblem> _problems = [];

    /// <param name="order">Steps in topological order, those in cycles and behind them left out.</param>
    /// <param name="inputs">The inputs of each step, by its number.</param>
    public Scopes(IReadOnlyList<int> order, IReadOnlyList<IReadOnlyList<ScopeInput>> inputs)
    {
        _scopes = new IReadOnlyList<int>?[inputs.Count];
        foreach (var step in order) _scopes[step] = Decide(step, inputs[step]);
    }

    public IReadOnlyList<ScopeProblem> Problems => _problems;

    public bool IsKnown(int step) => _scopes[step] is not null;

    /// <summary>The dimensions of a step; none if its scope is unknown.</summary>
    public IReadOnlyList<int> this[int step] => _scopes[step] ?? [];

    /// <summary>The dimensions of a step's artifacts that another step would collect over without saying which.</summary>
    public IReadOnlyList<int> Gathered(int producer, int step) => Gathered(producer, this[step]);

    /// <summary>The same, of a step with some dimensions.</summary>
    public IReadOnlyList<int> Gathered(int producer, IReadOnlyList<int> scope) => Without(this[producer], scope);

    /// <summary>What is left of a step's dimensions when one and those nested inside it are collected over.</summary>
    public IReadOnlyList<int> Remaining(int producer, int over) => this[producer].Where(dimension => dimension != over && !IsNested(dimension, over)).ToList();

    /// <summary>Whether each item of one dimension has collections of the other.</summary>
    public bool IsNested(int inner, int outer) => _outer[inner].Contains(outer);

    private IReadOnlyList<int> ScopeOf(ScopeInput input) => input.Producer < 0 ? [] : this[input.Producer];

    private IReadOnlyList<int>? Decide(int step, IReadOnlyList<ScopeInput> inputs)
    {
        if (inputs.Any(input => input.Kind == ScopeInputKind.Unknown || (input.Producer >= 0 && !IsKnown(input.Producer)) || !input.Alternatives.All(IsKnown))) return null;

        var before = _problems.Count;
        inputs = [.. inputs.Select((input, i) => input.Kind == ScopeInputKind.OneOf ? Largest(step, i, input) : input)];
        foreach (var item in inputs.Where(input => input.Kind == ScopeInputKind.Item)) _outer[item.Dimension] = ScopeOf(item);
        CheckNames(step, inputs);
        if (_problems.Count > before) return null;

        var (scope, anchor) = inputs.Any(input => input.Kind == ScopeInputKind.Item) ? OfItems(inputs) : OfLargest(inputs);
        for (var i = 0; i < inputs.Count; i++)
            if (Without(Brings(inputs[i]), scope) is { Count: > 0 } more)
                _problems.Add(new ScopeProblem(ScopeProblemKind.SilentMultiplication, step, i, anchor) { Dimensions = more });
        CheckGathers(step, inputs, scope);
        CheckOrder(step, inputs, scope);
        if (_problems.Count > before) return null;

        _order.Accept(step, scope);
        return scope;
    }

    /// <summary>Of several alternatives, the one that exists most often.</summary>
    private ScopeInput Largest(int step, int position, ScopeInput input)
    {
        var largest = input.Alternatives.OrderByDescending(alternative => this[alternative].Count).First();
        if (input.Alternatives.SelectMany(alternative => Without(this[alternative], this[largest])).Distinct().ToList() is { Count: > 0 } outside)
            _problems.Add(new ScopeProblem(ScopeProblemKind.Scattered, step, position) { Dimensions = outside });
        return new ScopeInput(ScopeInputKind.Value, largest);
    }

    /// <summary>The dimensions that an input adds to its step.</summary>
    private IReadOnlyList<int> Brings(ScopeInput input) => input.Kind switch
    {
        ScopeInputKind.Item => [.. ScopeOf(input), input.Dimension],
        ScopeInputKind.GatherOver => Remaining(input.Producer, input.Dimension),
        ScopeInputKind.Value => ScopeOf(input),
        _ => [],
    };

    private (IReadOnlyList<int> Scope, int Anchor) OfItems(IReadOnlyList<ScopeInput> inputs)
    {
        var items = inputs.Where(input => input.Kind == ScopeInputKind.Item).ToList();
        return (items.SelectMany(Brings).Distinct().ToList(), inputs.ToList().IndexOf(items[0]));
    }

    private (IReadOnlyList<int> Scope, int Anchor) OfLargest(IReadOnlyList<ScopeInput> inputs)
    {
        var (scope, anchor) = ((IReadOnlyList<int>)[], -1);
        for (var i = 0; i < inputs.Count; i++)
            if (Brings(inputs[i]) is var own && own.Count > scope.Count) (scope, anchor) = (own, i);
        return (scope, anchor);
    }

    /// <summary>Mistakes in what an attribute names, without which no scope can be told.</summary>
    private void CheckNames(int step, IReadOnlyList<ScopeInput> inputs)
    {
        var iterated = new Dictionary<int, int>();
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            if (input.Kind == ScopeInputKind.Item)
            {
                if (iterated.TryGetValue(input.Dimension, out var first)) _problems.Add(new ScopeProblem(ScopeProblemKind.Repeated, step, i, first));
                else iterated.Add(input.Dimension, i);
            }
            if (input.Kind == ScopeInputKind.GatherOver && !ScopeOf(input).Contains(input.Dimension))
                _problems.Add(new ScopeProblem(ScopeOf(input).Count == 0 ? ScopeProblemKind.NothingToGather : ScopeProblemKind.ForeignOver, step, i) { Dimensions = ScopeOf(input) });
        }
    }

    private void CheckGathers(int step, IReadOnlyList<ScopeInput> inputs, IReadOnlyList<int> scope)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            if (input.Kind is not (ScopeInputKind.Gather or ScopeInputKind.GatherOver)) continue;
            var gathered = Without(ScopeOf(input), scope);
            if (gathered.Count == 0 || (input.Kind == ScopeInputKind.GatherOver && scope.Contains(input.Dimension)))
                _problems.Add(new ScopeProblem(ScopeProblemKind.NothingToGather, step, i) { Dimensions = Without(ScopeOf(input), gathered) });
            else if (input.Kind == ScopeInputKind.Gather && gathered.Any(inner => gathered.Any(outer => IsNested(inner, outer))))
                _problems.Add(new ScopeProblem(ScopeProblemKind.AmbiguousGather, step, i) { Dimensions = gathered });
        }
    }

    /// <summary>Only the order of <c>[ForEach]</c>es can differ from that of another step: all else takes it from there.</summary>
    private void CheckOrder(int step, IReadOnlyList<ScopeInput> inputs, IReadOnlyList<int> scope)
    {
        if (_order.Conflict(scope) is not var (first, second, other)) return;
        var bringsFirst = IndexOfItem(inputs, first);
        var bringsSecond = IndexOfItem(inputs, second);
        _problems.Add(new ScopeProblem(ScopeProblemKind.Order, step, bringsSecond, bringsFirst) { OtherStep = other, Dimensions = [first, second] });
    }

    private int IndexOfItem(IReadOnlyList<ScopeInput> inputs, int dimension)
    {
        var index = 0;
        while (inputs[index].Kind != ScopeInputKind.Item || !Brings(inputs[index]).Contains(dimension)) index++;
        return index;
    }

    private static List<int> Without(IReadOnlyList<int> dimensions, IReadOnlyList<int> others) => dimensions.Where(dimension => !others.Contains(dimension)).ToList();
}
