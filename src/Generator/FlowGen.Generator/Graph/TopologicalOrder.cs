namespace FlowGen.Generator.Graph;

/// <summary>Orders a graph so that every edge goes forward (Kahn's algorithm).</summary>
internal static class TopologicalOrder
{
    /// <summary>The nodes that are neither in a cycle nor behind one; among those that could be next the smallest number comes first.</summary>
    public static IReadOnlyList<int> Of(StepGraph graph)
    {
        var waitsFor = new int[graph.Count];
        for (var node = 0; node < graph.Count; node++)
            foreach (var next in graph.Successors(node)) waitsFor[next]++;

        var ready = new SortedSet<int>(Enumerable.Range(0, graph.Count).Where(node => waitsFor[node] == 0));
        var order = new List<int>(graph.Count);
        while (ready.Count > 0)
        {
            var node = ready.Min;
            ready.Remove(node);
            order.Add(node);
            foreach (var next in graph.Successors(node))
                if (--waitsFor[next] == 0) ready.Add(next);
        }
        return order;
    }
}
