using CsCheck;
using FlowGen.Generator.Graph;

namespace Generator.Tests.Graphs;

/// <summary>The scope rules, on random flows against the rules of the language written out over sets.</summary>
public class ScopesTests
{
    /// <summary>Steps in topological order; each input takes an earlier step (or a parameter, -1).</summary>
    private static readonly Gen<ScopeInput[][]> Flows = Gen.Int[1, 8].SelectMany(count => Gen.Int.Array[count * 3].Select(seeds =>
        Enumerable.Range(0, count).Select(step => Enumerable.Range(0, (int)((uint)seeds[step * 3] % 4)).Select(i =>
        {
            var seed = (uint)seeds[(step * 3) + 1] >> (i * 7);
            var producer = (int)(seed % (uint)(step + 1)) - 1;
            return ((seed >> 4) % 8) switch
            {
                0 => new ScopeInput(ScopeInputKind.Unknown),
                1 or 2 => new ScopeInput(ScopeInputKind.Item, producer, producer + 1),
                3 or 4 => new ScopeInput(ScopeInputKind.Gather, producer),
                _ => new ScopeInput(ScopeInputKind.Value, producer),
            };
        }).ToArray()).ToArray()));

    [Fact]
    public void Scopes_OfAnyFlow_AgreeWithTheRulesOverSets() => Flows.Sample(flow =>
    {
        var scopes = new Scopes([.. Enumerable.Range(0, flow.Length)], flow);
        var expected = new HashSet<int>?[flow.Length];
        for (var step = 0; step < flow.Length; step++)
        {
            expected[step] = Scope(flow[step], expected);
            Assert.Equal(expected[step] is not null, scopes.IsKnown(step));
            if (expected[step] is { } scope) Assert.Equal(scope.Count == 0 ? null : scope.Single(), scopes[step]);
        }
        Assert.All(scopes.Problems, problem => Assert.Null(expected[problem.Step]));
        Assert.All(scopes.Problems, problem => Assert.All(flow[problem.Step], input =>
            Assert.True(input.Kind != ScopeInputKind.Unknown && (input.Producer < 0 || expected[input.Producer] is not null))));
    }, iter: 20_000);

    /// <summary>Union of what the inputs bring; <c>null</c> if it is unknown or more than this version allows.</summary>
    private static HashSet<int>? Scope(ScopeInput[] inputs, HashSet<int>?[] scopes)
    {
        HashSet<int>? Of(ScopeInput input) => input.Producer < 0 ? [] : scopes[input.Producer];
        if (inputs.Any(input => input.Kind == ScopeInputKind.Unknown || Of(input) is null)) return null;

        var items = inputs.Where(input => input.Kind == ScopeInputKind.Item).ToList();
        var scope = items.SelectMany(input => Of(input)!.Append(input.Dimension)).ToHashSet();
        if (scope.Count > 1 || items.Count > 1 || items.Any(input => Of(input)!.Count > 0)) return null;
        foreach (var input in inputs.Where(input => input.Kind == ScopeInputKind.Value))
        {
            if (scope.Count == 0 && items.Count == 0) scope.UnionWith(Of(input)!);
            if (!Of(input)!.IsSubsetOf(scope)) return null;
        }
        return inputs.Any(input => input.Kind == ScopeInputKind.Gather && Of(input)!.IsSubsetOf(scope)) ? null : scope;
    }
}
