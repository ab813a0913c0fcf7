using CsCheck;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Which tasks there are: counted and listed without a tree that is kept, against a tree that is.</summary>
public class TaskTreeTests
{
    private static readonly GraphDescription Graph = Samples.Nested;

    /// <summary>Any order of collections that can become known, with small widths.</summary>
    private static List<DimensionSized> Collections(int seed)
    {
        var random = new Random(seed);
        var records = new RandomRecords(random, random.Next(3) == 0 ? Samples.Graph : Samples.Nested);
        return [.. Enumerable.Range(0, random.Next(60)).Select(_ => records.Next()).OfType<DimensionSized>().Where(_ => records.Graph == Graph)];
    }

    [Fact]
    public void Blocks_AnyCollections_AreTheLeavesOfTheTree() => Gen.Int.Sample(seed =>
    {
        var collections = Collections(seed);
        var extents = new Extents(Graph);
        var scopes = Graph.Steps.Select(step => new StepScope(extents, step.Scope)).ToArray();
        var counts = scopes.Select(scope => scope.Count()).ToArray();
        foreach (var sized in collections)
        {
            if (!extents.TryAdd(sized)) continue;
            for (var s = 0; s < scopes.Length; s++) counts[s] += scopes[s].CountBecauseOf(sized.Dimension, sized.At);
        }

        for (var s = 0; s < scopes.Length; s++)
        {
            var (expected, complete) = Leaves(collections, s);
            var listed = scopes[s].Blocks().SelectMany(block => Enumerable.Range(0, block.Count).Select(i => block.First.IsEmpty ? block.First : block.First.WithLast(i))).ToList();
            Assert.Equal(expected, listed);
            Assert.Equal(expected.Count, scopes[s].Count());
            Assert.Equal(expected.Count, counts[s]);
            Assert.Equal(complete, scopes[s].IsComplete(_ => false));
            Assert.All(expected, index => Assert.True(scopes[s].Contains(index)));
            Assert.False(scopes[s].Contains(TaskIndex.Of([.. expected.LastOrDefault().ToArray().Append(0)])));
        }
    }, iter: 1000);

    [Fact]
    public async Task Totals_AnyRun_CountWhatIsListed() => await Gen.Int.SampleAsync(async seed =>
    {
        var store = await Samples.OpenAsync(new InMemoryStore());
        var run = await IndexedRun.WriteRandomAsync(store, seed);
        var state = await store.ReadAsync(run, default);
        for (var step = 0; step < state.Steps.Length; step++)
        {
            var tasks = state.TasksOf(step).ToList();
            Assert.Equal(tasks.OrderBy(task => task.Address).Select(task => task.Address), tasks.Select(task => task.Address));
            Assert.All(tasks, task => Assert.Equal(task with { Outputs = [] }, state.Find(task.Address)! with { Outputs = [] }));
            var last = tasks.GroupBy(task => task.Address.Index).Select(iterations => iterations.Last()).ToList();
            Assert.Equal(last.Count, state.CountOf(step));
            Assert.Equal(Enumerable.Range(0, RunOverview.States).Select(status => last.Count(task => (int)task.Status == status)), state.Steps[step].Totals());
        }
    }, iter: 1000);

    [Fact]
    public void Ranges_AnyOrder_FirstStands() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[1, 20]).Array[0, 12].Sample(added =>
        {
            var (ranges, expected) = (new TaskRanges(), new object?[100]);
            foreach (var (first, count) in added)
            {
                var reason = new object();
                ranges.Add(first, count, reason);
                for (var i = first; i < first + count; i++) expected[i] ??= reason;
            }

            for (var i = 0; i < expected.Length; i++) Assert.Same(expected[i], ranges.Find(i));
            Assert.Equal(expected.Count(reason => reason is not null), ranges.All.Sum(range => range.Count));
        }, iter: 2000);

    [Fact]
    public async Task RunState_OfWidthsThatLie_TakesNoMemoryAndNoTime()
    {
        var store = await Samples.OpenAsync(new InMemoryStore());
        var (before, run) = (0L, await WriteAsync(store,
            new DimensionSized(0, default, int.MaxValue), new DimensionSized(2, default, int.MaxValue), new DimensionSized(1, 2_000_000_000, 2_000_000_000), new DimensionSized(1, 7, 3),
            Samples.Success(3, -1, [1]) with { Task = new(3, TaskIndex.Of(1_900_000_000, 1_800_000_000)) },
            Samples.Success(2, -1, [1]) with { Task = new(2, TaskIndex.Of(2_000_000_000, 1_800_000_000)) },
            new TasksBlocked(new(2, TaskIndex.Of(2_000_000_000, 5)), 1_000_000_000, new TaskAddress(0))));
        before = GC.GetAllocatedBytesForCurrentThread();
        var state = await store.ReadAsync(run, default);
        Assert.True(state.Find(new(3, TaskIndex.Of(1_900_000_000, 1_800_000_000)))!.HasSucceeded);
        Assert.Equal(FlowTaskStatus.Blocked, state.Find(new(2, TaskIndex.Of(2_000_000_000, 999_999_999)))!.Status);
        Assert.Equal(TaskIndex.Of(7, 0), state.TasksOf(2).First().Address.Index);
        Assert.Equal(2_000_000_003, state.CountOf(2));
        Assert.Equal(int.MaxValue, state.CountOf(3));
        Assert.Equal(1_000_000_000, RunOverview.Of(state).Totals[2][(int)FlowTaskStatus.Blocked]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("days[0]", 0, 0)] // no such index: the step runs once
    [InlineData("hours[9]", 1, 9)]
    [InlineData("score[0]", 2, 0)]
    [InlineData("score[0,0,0]", 2, 0, 0, 0)]
    [InlineData("score[0,5]", 2, 0, 5)]
    [InlineData("improve[0,1] without an iteration", 4, 0, 1)]
    public async Task Read_TaskThatCannotBe_IsDamage(string what, int step, params int[] index)
    {
        var store = await Samples.OpenAsync(new InMemoryStore());
        var run = await WriteAsync(store, new DimensionSized(0, default, 3), new DimensionSized(1, 0, 2), Samples.Success(step, -1, [1]) with { Task = new(step, TaskIndex.Of(index)) });
        var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ReadAsync(run, default));
        Assert.True(error.Code == "FG1107", what);
    }

    [Fact]
    public async Task Read_FactsThatCannotBe_AreDamage()
    {
        RunRecord[] impossible =
        [
            new DimensionSized(9, default, 1), new DimensionSized(0, 0, 1), new DimensionSized(1, default, 1), new DimensionSized(1, 3, 1), new DimensionSized(1, 0, 1) { Labels = ["a", "b"] },
            new TasksBlocked(new(1, 2), 2, new(0)), new TasksBlocked(new(1, 0), 1, new(99)), new TasksBlocked(new(2, 3), 1, new(0)), new TasksBlocked(new(2), 2, new(0)), new TasksBlocked(new(4, TaskIndex.Of(0, 0), 0), 1, new(0)),
            new TasksSkipped(new(1, 0), 1, new SkipReason(1, 0)), new TasksSkipped(new(1, 0), 1, new SkipReason(0, 2)), new TasksSkipped(new(99), 1, new SkipReason(0, 0)),
            Samples.Success(4, -1, [1]) with { Task = new(4, TaskIndex.Of(0, 0), 1) }, Samples.Success(0, -1, [1]) with { Task = new(0, default, 0) },
        ];
        foreach (var record in impossible)
        {
            var store = await Samples.OpenAsync(new InMemoryStore());
            var run = await WriteAsync(store, new DimensionSized(0, default, 3), record is DimensionSized ? new DimensionSized(2, default, 1) : new DimensionSized(1, 0, 2), record);
            var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ReadAsync(run, default));
            Assert.True(error.Code == "FG1107", record.ToString());
        }
    }

    [Fact]
    public async Task RunState_OfManySmallBlocks_TakesHardlyMoreThanOfOne()
    {
        var (one, many) = (await AllocatedAsync(1, 400_000), await AllocatedAsync(50_000, 8));
        Assert.InRange(one / 400_000, 50, 450); // with all that reading throws away
        Assert.InRange(many, one / 2, one * 3 / 2);
    }

    private static async Task<long> AllocatedAsync(int days, int hours)
    {
        var store = await Samples.OpenAsync(new InMemoryStore());
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest() with { Graph = Graph with { Steps = [.. Graph.Steps.Select(step => step with { ArtifactCount = 0, Loop = null })] } }, TimeProvider.System, default);
        log.Append(new DimensionSized(0, default, days));
        for (var day = 0; day < days; day++)
        {
            log.Append(new DimensionSized(1, day, hours));
            var first = TaskIndex.Of(day, 0);
            for (var hour = 0; hour < hours; hour++) log.Append(new TaskSucceeded(new(2, first.WithLast(hour)), 1, 7, DateTimeOffset.UnixEpoch.AddDays(20_000), TimeSpan.Zero, []));
        }

        await log.FinishAsync(Samples.End());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = await store.ReadAsync(log.Run, default);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(days * hours, state.Steps[2].Totals()[(int)FlowTaskStatus.Succeeded]);
        return allocated;
    }

    private static async Task<RunKey> WriteAsync(RunStore store, params RunRecord[] records)
    {
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest() with { Graph = Graph }, TimeProvider.System, default);
        foreach (var record in records) log.Append(record);
        await log.FinishAsync(Samples.End());
        return log.Run;
    }

    private static (List<TaskIndex> Leaves, bool Complete) Leaves(List<DimensionSized> collections, int step)
    {
        var scope = Graph.Steps[step].Scope;
        var (level, complete) = (new List<TaskIndex> { default }, true);
        foreach (var dimension in scope)
        {
            var next = new List<TaskIndex>();
            foreach (var index in level)
            {
                var at = TaskIndex.Of([.. Graph.ScopeOf(Graph.Dimensions[dimension]).Select(outer => index[scope.IndexOf(outer)])]);
                if (collections.Find(sized => sized.Dimension == dimension && sized.At == at) is not { } known) complete = false;
                else next.AddRange(Enumerable.Range(0, known.Width).Select(index.Append));
            }

            level = next;
        }

        return (level, complete);
    }
}
