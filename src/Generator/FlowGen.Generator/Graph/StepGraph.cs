namespace FlowGen.Generator.Graph;

/// <summary>A directed graph over the numbers 0 to n - 1: an edge says that one step must finish before another starts.</summary>
internal sealed class StepGraph
{
    private readonly List<int>[] _successors;

    public StepGraph(int count, IEnumerable<(int From, int To)> edges)
    {
        _successors = new List<int>[count];
        for (var i = 0; i < count; i++) _successors[i] = [];
        foreach (var (from, to) in edges.Distinct()) _successors[from].Add(to);
    }

    public int Count => _successors.Length;

    public IReadOnlyList<int> Successors(int node) => _successors[node];
}
