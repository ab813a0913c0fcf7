namespace FlowGen.Generator.Graph;

/// <summary>Finds the steps whose failure fails no run: each has a consumer, and each consumer accepts failures or is itself contained.</summary>
internal static class Containment
{
    /// <param name="order">Steps in topological order.</param>
    /// <param name="count">The number of steps.</param>
    /// <param name="uses">Who consumes what, and whether it accepts that it failed. Clean-up steps are no consumers.</param>
    public static bool[] Of(IReadOnlyList<int> order, int count, IEnumerable<(int Producer, int Consumer, bool Accepts)> uses)
    {
        var consumers = uses.ToLookup(use => use.Producer);
        var contained = new bool[count];
        for (var i = order.Count - 1; i >= 0; i--)
            contained[order[i]] = consumers[order[i]].Any() && consumers[order[i]].All(use => use.Accepts || contained[use.Consumer]);
        return contained;
    }
}
