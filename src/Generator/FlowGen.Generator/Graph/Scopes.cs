namespace FlowGen.Generator.Graph;

/// <summary>
/// Computes in which dimension each step runs. In this version a scope is at most one dimension; <c>null</c> stands for none.
/// A step that touches something unknown (an unbound input, a cycle, a step with a mistake in its scope) has unknown scope itself, and no rule speaks about it.
/// </summary>
internal sealed class Scopes
{
    private readonly int?[] _scopes;
    private readonly bool[] _known;
    private readonly List<ScopeProblem> _problems = [];

    /// <param name="order">Steps in topological order, those in cycles and behind them left out.</param>
    /// <param name="inputs">The inputs of each step, by its number.</param>
    public Scopes(IReadOnlyList<int> order, IReadOnlyList<IReadOnlyList<ScopeInput>> inputs)
    {
        _scopes = new int?[inputs.Count];
        _known = new bool[inputs.Count];
        foreach (var step in order) _known[step] = Decide(step, inputs[step]);
    }

    public IReadOnlyList<ScopeProblem> Problems => _problems;

    public bool IsKnown(int step) => _known[step];

    /// <summary>The dimension of a step whose scope is known.</summary>
    public int? this[int step] => _scopes[step];

    private int? ScopeOf(ScopeInput input) => input.Producer < 0 ? null : _scopes[input.Producer];

    private bool Decide(int step, IReadOnlyList<ScopeInput> inputs)
    {
        if (inputs.Any(input => input.Kind == ScopeInputKind.Unknown || (input.Producer >= 0 && !_known[input.Producer]))) return false;

        var before = _problems.Count;
        _scopes[step] = Anchor(step, inputs);
        if (_problems.Count == before)
            for (var i = 0; i < inputs.Count; i++)
                if (inputs[i].Kind == ScopeInputKind.Gather && (ScopeOf(inputs[i]) is not { } gathered || gathered == _scopes[step]))
                    _problems.Add(new ScopeProblem(ScopeProblemKind.NothingToGather, step, i));
        return _problems.Count == before;
    }

    /// <summary>The one dimension that the plain inputs and items agree on.</summary>
    private int? Anchor(int step, IReadOnlyList<ScopeInput> inputs)
    {
        int? dimension = null;
        var anchor = -1;
        foreach (var kind in new[] { ScopeInputKind.Item, ScopeInputKind.Value })
        {
            for (var i = 0; i < inputs.Count; i++)
            {
                var input = inputs[i];
                if (input.Kind != kind) continue;
                if (kind == ScopeInputKind.Item && ScopeOf(input) is not null)
                {
                    _problems.Add(new ScopeProblem(ScopeProblemKind.Nested, step, i));
                    continue;
                }

                if ((kind == ScopeInputKind.Item ? input.Dimension : ScopeOf(input)) is not { } own) continue;
                if (dimension is null) (dimension, anchor) = (own, i);
                else if (Clash(kind, own == dimension) is { } problem) _problems.Add(new ScopeProblem(problem, step, i, anchor));
            }
        }
        return dimension;
    }

    private static ScopeProblemKind? Clash(ScopeInputKind kind, bool same) => (kind, same) switch
    {
        (ScopeInputKind.Item, true) => ScopeProblemKind.Repeated,
        (ScopeInputKind.Item, false) => ScopeProblemKind.Crossed,
        (_, false) => ScopeProblemKind.SilentMultiplication,
        _ => null,
    };
}
