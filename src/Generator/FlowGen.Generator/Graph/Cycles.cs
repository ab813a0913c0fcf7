namespace FlowGen.Generator.Graph;

/// <summary>Finds cycles: one shortest cycle for each group of nodes that can all reach each other, so that each knot is told once.</summary>
internal static class Cycles
{
    /// <summary>Cycles as nodes in the order of their edges, each starting with its smallest number, in ascending order of it.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Find(StepGraph graph)
    {
        var cycles = new List<IReadOnlyList<int>>();
        var told = new HashSet<int>();
        for (var node = 0; node < graph.Count; node++)
        {
            if (told.Contains(node) || ShortestThrough(graph, node) is not { } cycle) continue;
            var knot = ReachableFrom(graph, node);
            knot.RemoveWhere(other => !ReachableFrom(graph, other).Contains(node));
            told.UnionWith(knot);
            cycles.Add(cycle);
        }
        return cycles;
    }

    /// <summary>A shortest path from a node back to itself, found breadth first.</summary>
    private static List<int>? ShortestThrough(StepGraph graph, int start)
    {
        var cameFrom = new Dictionary<int, int>();
        var queue = new Queue<int>([start]);
        while (queue.Count > 0)
        {
            var node = queue.Dequeue();
            foreach (var next in graph.Successors(node))
            {
                if (next == start) return PathTo(node, start, cameFrom);
                if (cameFrom.ContainsKey(next)) continue;
                cameFrom[next] = node;
                queue.Enqueue(next);
            }
        }
        return null;
    }

    private static List<int> PathTo(int end, int start, Dictionary<int, int> cameFrom)
    {
        var path = new List<int> { end };
        while (path[path.Count - 1] != start) path.Add(cameFrom[path[path.Count - 1]]);
        path.Reverse();
        return path;
    }

    private static HashSet<int> ReachableFrom(StepGraph graph, int start)
    {
        var reached = new HashSet<int>();
        var queue = new Queue<int>([start]);
        while (queue.Count > 0)
            foreach (var next in graph.Successors(queue.Dequeue()))
                if (reached.Add(next)) queue.Enqueue(next);
        return reached;
    }
}
