namespace FlowGen.Generator.Graph;

/// <summary>Holds any two dimensions to one order in every step, so that indices, names of tasks and the order of gathers agree everywhere.</summary>
internal sealed class DimensionOrder
{
    private readonly Dictionary<(int First, int Second), int> _steps = [];

    /// <summary>Two dimensions of a scope that an accepted step has the other way round, and that step.</summary>
    public (int First, int Second, int Step)? Conflict(IReadOnlyList<int> scope)
    {
        foreach (var (first, second) in Pairs(scope))
            if (_steps.TryGetValue((second, first), out var step)) return (first, second, step);
        return null;
    }

    public void Accept(int step, IReadOnlyList<int> scope)
    {
        foreach (var pair in Pairs(scope))
            if (!_steps.ContainsKey(pair)) _steps.Add(pair, step);
    }

    private static IEnumerable<(int First, int Second)> Pairs(IReadOnlyList<int> scope)
    {
        for (var i = 0; i < scope.Count; i++)
            for (var j = i + 1; j < scope.Count; j++) yield return (scope[i], scope[j]);
    }
}
