using CsCheck;
using FlowGen.Generator.Graph;

namespace Generator.Tests.Graphs;

/// <summary>Laws of the graph algorithms, on random graphs against definitions written out.</summary>
public class GraphTests
{
    private static readonly Gen<(int Count, (int From, int To)[] Edges)> Graphs =
        from count in Gen.Int[1, 9]
        from edges in Gen.Select(Gen.Int[0, count - 1], Gen.Int[0, count - 1], (a, b) => (a, b)).Array[0, 14]
        select (count, edges);

    [Fact]
    public void Order_OfAnyGraph_PutsEveryEdgeForwardAndLeavesOutExactlyWhatIsBehindACycle() => Graphs.Sample(graph =>
    {
        var order = TopologicalOrder.Of(new StepGraph(graph.Count, graph.Edges)).ToList();
        var reaches = Reaches(graph.Count, graph.Edges);
        var behindCycle = Enumerable.Range(0, graph.Count).Where(node => Enumerable.Range(0, graph.Count).Any(c => reaches[c, c] && (c == node || reaches[c, node])));

        Assert.Equal(Enumerable.Range(0, graph.Count).Except(behindCycle), order.Order());
        foreach (var (from, to) in graph.Edges)
            if (order.Contains(to)) Assert.True(order.IndexOf(from) < order.IndexOf(to));
    });

    [Fact]
    public void Order_OfStepsWithoutEdges_IsThatOfTheSource() =>
        Assert.Equal([0, 1, 2, 3], TopologicalOrder.Of(new StepGraph(4, [])));

    [Fact]
    public void Cycles_OfAnyGraph_AreOneShortestForEachKnot() => Graphs.Sample(graph =>
    {
        var cycles = Cycles.Find(new StepGraph(graph.Count, graph.Edges));
        var reaches = Reaches(graph.Count, graph.Edges);
        var knots = Enumerable.Range(0, graph.Count).Where(node => reaches[node, node])
            .Select(node => Enumerable.Range(0, graph.Count).First(other => reaches[node, other] && reaches[other, node])).Distinct();

        Assert.Equal(knots.Order(), cycles.Select(cycle => cycle[0]));
        foreach (var cycle in cycles)
        {
            Assert.Equal(cycle.Count, cycle.Distinct().Count());
            for (var i = 0; i < cycle.Count; i++) Assert.Contains((cycle[i], cycle[(i + 1) % cycle.Count]), graph.Edges);
            Assert.Equal(ShortestCycleThrough(cycle[0], graph.Count, graph.Edges), cycle.Count);
        }
    });

    private static bool[,] Reaches(int count, (int From, int To)[] edges)
    {
        var reaches = new bool[count, count];
        foreach (var (from, to) in edges) reaches[from, to] = true;
        for (var via = 0; via < count; via++)
            for (var from = 0; from < count; from++)
                for (var to = 0; to < count; to++)
                    reaches[from, to] |= reaches[from, via] && reaches[via, to];
        return reaches;
    }

    private static int ShortestCycleThrough(int node, int count, (int From, int To)[] edges)
    {
        var front = new HashSet<int> { node };
        for (var length = 1; length <= count; length++)
        {
            front = edges.Where(edge => front.Contains(edge.From)).Select(edge => edge.To).ToHashSet();
            if (front.Contains(node)) return length;
        }
        return -1;
    }
}
