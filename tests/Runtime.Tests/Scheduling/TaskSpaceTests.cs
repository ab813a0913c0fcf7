using System.Collections.Immutable;
using CsCheck;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

public class TaskSpaceTests
{
    // 0: made once    1: made in 0    2: made once    3: made in 0 and 1
    private static readonly ImmutableArray<ImmutableArray<int>> Collections = [[], [0], [], [0, 1]];
    private static readonly ImmutableArray<int>[] Scopes = [[], [0], [2], [0, 1], [0, 2], [2, 0], [0, 1, 2], [0, 2, 1], [2, 0, 1], [0, 1, 3], [0, 1, 2, 3], [2, 0, 1, 3]];

    [Fact]
    public void Size_AnyOrder_MakesTheTasksOfTheDefinition() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var spaces = new TaskSpaces(Collections);
        foreach (var scope in Scopes) spaces.Of(scope);
        var widths = new Dictionary<(int Dimension, TaskIndex Collection), int>();
        while (true)
        {
            var possible = Enumerable.Range(0, Collections.Length)
                .SelectMany(d => Tasks(Collections[d], widths).Select(collection => (d, collection)))
                .Where(made => !widths.ContainsKey(made)).ToArray();
            if (possible.Length == 0 || random.Next(30) == 0) break;

            var (dimension, index) = possible[random.Next(possible.Length)];
            var appeared = new List<TaskBlock>();
            var before = Scopes.ToDictionary(scope => scope, scope => spaces.Of(scope).Count);
            if (random.Next(5) == 0) spaces.Lose(dimension, spaces.Of(Collections[dimension]).OrdinalOf(index), appeared);
            else spaces.Size(dimension, spaces.Of(Collections[dimension]).OrdinalOf(index), widths[(dimension, index)] = random.Next(4), appeared);
            widths.TryAdd((dimension, index), -1);
            foreach (var scope in Scopes) AssertAgrees(spaces.Of(scope), [.. Tasks(scope, widths)]);
            foreach (var scope in Scopes) Assert.Equal(spaces.Of(scope).Count - before[scope], appeared.Where(block => block.Space == spaces.Of(scope)).Sum(block => block.Width));
            foreach (var block in appeared) Assert.Equal(block.IsLost, widths[(block.Space.Scope[^1], spaces.Of(Collections[block.Space.Scope[^1]]).IndexOf(block.Collection))] < 0);
        }

        foreach (var from in Scopes)
            foreach (var to in Scopes.Where(to => from.Where(to.Contains).SequenceEqual(to))) AssertAgrees(new TaskProjection(spaces.Of(from), spaces.Of(to)));
    }, iter: 2000);

    [Fact]
    public void Expand_MillionParents_TakesFewBytesEach()
    {
        var spaces = new TaskSpaces([[], [0]]);
        var space = spaces.Of([0, 1]);
        var appeared = new List<TaskBlock>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        spaces.Size(0, 0, 1_000_000, appeared);
        for (var i = 0; i < 1_000_000; i++)
        {
            appeared.Clear();
            spaces.Size(1, i, 3, appeared);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 64_000_000);
        Assert.Equal(3_000_000, space.Count);
        Assert.Equal(TaskIndex.Of(123_456, 2), space.IndexOf(space.OrdinalOf(TaskIndex.Of(123_456, 2))));
    }

    [Fact]
    public void Size_MoreTasksThanCanBeNumbered_IsRefused()
    {
        var spaces = new TaskSpaces([[], []]);
        spaces.Of([0, 1]);
        spaces.Size(0, 0, 50_000, []);

        Assert.Equal("FG1120", Assert.Throws<FlowGen.FlowException>(() => spaces.Size(1, 0, 50_000, [])).Code);
    }

    /// <summary>All tasks of a scope, in index order.</summary>
    private static IEnumerable<TaskIndex> Tasks(ImmutableArray<int> scope, Dictionary<(int, TaskIndex), int> widths)
    {
        IEnumerable<TaskIndex> tasks = [default];
        for (var level = 0; level < scope.Length; level++)
        {
            var (dimension, before) = (scope[level], scope[..level]);
            tasks = tasks.SelectMany(parent => Enumerable.Range(0, Math.Max(widths.GetValueOrDefault((dimension, Part(parent, before, Collections[dimension]))), 0)).Select(parent.Append)).ToArray();
        }

        return tasks;
    }

    private static TaskIndex Part(TaskIndex index, ImmutableArray<int> from, ImmutableArray<int> to) => TaskIndex.Of([.. to.Select(dimension => index[from.IndexOf(dimension)])]);

    private static void AssertAgrees(TaskSpace space, TaskIndex[] expected)
    {
        Assert.Equal(expected.Length, space.Count);
        foreach (var index in expected) Assert.Equal(index, space.IndexOf(space.OrdinalOf(index)));
        Assert.Equal(expected.Length, expected.Select(space.OrdinalOf).Distinct().Count());
        Assert.Equal(-1, space.OrdinalOf(TaskIndex.Of([.. space.Scope.Select(_ => 9), 0])));
        if (space.Parent is not null) Assert.Equal(-1, space.OrdinalOf(TaskIndex.Of([.. space.Scope.Select(_ => 9)])));
    }

    private static void AssertAgrees(TaskProjection projection)
    {
        var (from, to) = (projection.From, projection.To);
        var all = Enumerable.Range(0, from.Count).Select(from.IndexOf).Order().ToArray();
        foreach (var index in all) Assert.Equal(Part(index, from.Scope, to.Scope), to.IndexOf(projection.Of(from.OrdinalOf(index))));
        for (var small = 0; small < to.Count; small++)
        {
            var selected = new List<TaskIndex>();
            foreach (var range in projection.Select(small)) selected.AddRange(Enumerable.Range(range.First, range.Count).Select(from.IndexOf));
            Assert.Equal(all.Where(index => Part(index, from.Scope, to.Scope) == to.IndexOf(small)), selected);
        }
    }
}
