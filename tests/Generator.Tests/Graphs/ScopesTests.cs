using CsCheck;
using FlowGen.Generator.Graph;

namespace Generator.Tests.Graphs;

/// <summary>The scope rules, on random flows against the rules of the language over the tasks themselves, written out one by one.</summary>
public class ScopesTests
{
    /// <summary>Steps in topological order; each input takes an earlier step (or a parameter, -1), whose collection is dimension <c>producer + 1</c>.</summary>
    private static readonly Gen<ScopeInput[][]> Flows = Gen.Int[1, 7].SelectMany(count => Gen.Int.Array[count * 3].Select(seeds =>
        Enumerable.Range(0, count).Select(step => Enumerable.Range(0, (int)((uint)seeds[step * 3] % 4)).Select(i =>
        {
            var seed = (uint)seeds[(step * 3) + 1] >> (i * 8);
            var producer = (int)((seed & 15) % (uint)(step + 1)) - 1;
            return ((seed >> 4) % 16) switch
            {
                0 => new ScopeInput(ScopeInputKind.Unknown),
                <= 5 => new ScopeInput(ScopeInputKind.Item, producer, producer + 1),
                <= 8 => new ScopeInput(ScopeInputKind.Gather, producer),
                <= 10 => new ScopeInput(ScopeInputKind.GatherOver, producer, (int)((uint)seeds[(step * 3) + 2] % (uint)(step + 2)) - 1),
                <= 12 when producer >= 0 => new ScopeInput(ScopeInputKind.OneOf) { Alternatives = [.. new[] { producer, producer / 2, step - 1 }.Distinct()] },
                _ => new ScopeInput(ScopeInputKind.Value, producer),
            };
        }).ToArray()).ToArray()));

    [Fact]
    public void Scopes_OfAnyFlow_AgreeWithTheTasksThemselves()
    {
        var (known, deep, wrong) = (0, 0, new HashSet<ScopeProblemKind>());
        Flows.Sample(flow =>
        {
            var scopes = new Scopes([.. Enumerable.Range(0, flow.Length)], flow);
            var expected = new ScopeReference(flow);
            for (var step = 0; step < flow.Length; step++)
            {
                Assert.Equal(expected.Mistakes[step].Order(), scopes.Problems.Where(problem => problem.Step == step).Select(problem => problem.Kind).Distinct().Order());
                Assert.Equal(expected.Tasks[step] is not null, scopes.IsKnown(step));
                if (expected.Tasks[step] is { } tasks) Assert.Equal(tasks.Columns, scopes[step]);
                known += scopes.IsKnown(step) ? 1 : 0;
                deep = Math.Max(deep, scopes[step].Count);
            }
            wrong.UnionWith(scopes.Problems.Select(problem => problem.Kind));
        }, iter: 100_000, threads: 1);

        // The flows are of all kinds.
        Assert.Equal(Enum.GetValues<ScopeProblemKind>(), wrong.Order());
        Assert.True(known > 10_000 && deep >= 4, $"{known} known, {deep} deep");
    }

    [Fact]
    public void Order_OfCollectionsInsideOthers_PutsTheOuterFirst()
    {
        // 0 -> stores; 1: days in stores; 2: grid; 3: for each day and setting
        var scopes = new Scopes([0, 1, 2, 3], [
            [],
            [new(ScopeInputKind.Item, 0, 0)],
            [],
            [new(ScopeInputKind.Item, 2, 2), new(ScopeInputKind.Item, 1, 1), new(ScopeInputKind.Item, 0, 0)],
        ]);

        Assert.Empty(scopes.Problems);
        Assert.Equal([2, 0, 1], scopes[3]);
        Assert.True(scopes.IsNested(1, 0) && !scopes.IsNested(0, 1) && !scopes.IsNested(1, 2));
        Assert.Equal([2], scopes.Remaining(3, 0));
        Assert.Equal([2, 0], scopes.Remaining(3, 1));
    }
}
