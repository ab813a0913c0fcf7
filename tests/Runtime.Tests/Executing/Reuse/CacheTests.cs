using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Reuse;

/// <summary>Results that runs share without resuming one another.</summary>
public class CacheTests
{
    private static FlowBuilder Flow(Func<int, int>? fit = null, string? version = null, bool isCached = true, int[]? grid = null) => new FlowBuilder()
        .Step("grid", "", frame => frame.Set(0, grid ?? [1, 2]), FlowBuilder.Ints("grid"))
        .Step("fit", "each:grid", frame => frame.Set(0, (fit ?? (x => x * 10))(frame.Value<int>(0))), FlowBuilder.Int("fit"))
        .With(step => step with { TakesContext = false, Cache = isCached ? new CacheDefinition(version) : null })
        .Step("sum", "all:fit", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("sum"));

    [Fact]
    public async Task Run_CachedStep_TakesTheResultsOfAnotherRun()
    {
        var (first, origin) = await ReuseTests.StartAsync(Flow());
        var second = await AgainAsync(first, Flow(_ => throw new InvalidOperationException("it was called")));

        Assert.Equal(["done grid", "done sum", "reused fit[0]", "reused fit[1]"], Ends(second));
        Assert.Equal($"{origin}/fit[1]", (await second.ReadAsync(second.Observer.Manifest!.Run)).Find(new TaskAddress(1, 1))!.Origin);
    }

    [Theory]
    [InlineData("another version", "2", "")]
    [InlineData("other code", null, "fit")]
    public async Task Run_CachedStepThatIsNotTheSame_Runs(string what, string? version, string edited)
    {
        var (first, _) = await ReuseTests.StartAsync(Flow());
        var flow = Flow(version: version);
        if (edited.Length > 0) flow.Edited(edited);
        Assert.Equal((what, 0), (what, Ends(await AgainAsync(first, flow)).Count(text => text.StartsWith("reused", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Run_WithCacheForAll_SharesEveryResult()
    {
        var first = new TestRun { CacheAll = true };
        await first.StartAsync(Flow(isCached: false));
        var second = new TestRun { Store = first.Store, CacheAll = true };
        await second.StartAsync(Flow(isCached: false));
        Assert.All(Ends(second), text => Assert.StartsWith("reused", text));

        var third = await AgainAsync(first, Flow(isCached: false));
        Assert.All(Ends(third), text => Assert.StartsWith("done", text));
    }

    [Fact]
    public async Task Run_EqualTasksAtTheSameTime_RunOnce()
    {
        var calls = 0;
        var run = new TestRun { MaxParallel = 4 };
        var (key, _) = await run.StartAsync(Flow(x => { Interlocked.Increment(ref calls); return x; }, grid: [5, 5, 5]));

        Assert.Equal((1, 15), (calls, await run.IntAsync(key, step: 2)));
        Assert.Equal(2, Ends(run).Count(text => text.StartsWith("reused fit", StringComparison.Ordinal)));
    }

    /// <summary>The second run looks while the first is at it, and holds nothing while it waits: its only place is free for another task.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Run_WhileAnotherMakesTheResult_WaitsForItUnlessItFails(bool fails)
    {
        var (entered, goes, looked) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        FlowBuilder Build(Func<Task> slow) => new FlowBuilder()
            .Step("slow", "", async frame => { await slow(); frame.Set(0, 7); }, FlowBuilder.Int("slow")).With(step => step with { TakesContext = false, Cache = new CacheDefinition(null) })
            .Step("other", "", frame => frame.Set(0, 1), FlowBuilder.Int("other"));
        var calls = 0;
        var first = new TestRun();
        var running = first.StartAsync(Build(async () => { Interlocked.Increment(ref calls); entered.TrySetResult(); await goes.Task; if (fails) throw new IOException("no"); }));
        await entered.Task;

        var second = new TestRun { Store = new WatchedStore(first.Store, looked), MaxParallel = 1 };
        var waiting = second.StartAsync(Build(() => { Interlocked.Increment(ref calls); return Task.CompletedTask; }));
        await looked.Task;
        await second.Observer.Heard("done other");
        goes.SetResult();
        await running;
        var (run, status) = await waiting;

        Assert.Equal((RunStatus.Succeeded, 7, fails ? 2 : 1), (status, await second.IntAsync(run, step: 0), calls));
        Assert.Contains(fails ? "done slow" : "reused slow", second.Observer.Events);
    }

    [Fact]
    public async Task Run_ClaimOfARunThatIsGone_DoesNotCount()
    {
        var (probe, _) = await ReuseTests.StartAsync(Flow());
        var key = (await probe.ReadAsync(probe.Observer.Manifest!.Run)).Find(new TaskAddress(1, 0))!.Key!.Value;
        var run = new TestRun();
        var store = await RunStore.OpenAsync(run.Store, forWriting: true, run.Time, default);
        Assert.NotNull(await new CacheFlight(store, RunKey.Create("test", DateTimeOffset.UnixEpoch)).TryLeadAsync(key, "fit[0]", default));

        await run.StartAsync(Flow());

        Assert.Equal(["done fit[0]", "done fit[1]", "done grid", "done sum"], Ends(run));
    }

    [Fact]
    public async Task Run_EntryThatIsDamaged_RunsAndSaysSo()
    {
        var (first, _) = await ReuseTests.StartAsync(Flow());
        await foreach (var stored in first.Store.ListAsync("cache/"))
        {
            var bytes = (await first.Store.GetAsync(stored.Key))!;
            bytes[^1] ^= 1;
            await first.Store.PutAsync(stored.Key, new(bytes));
        }

        var second = await AgainAsync(first, Flow());

        Assert.Equal(["done fit[0]", "done fit[1]", "done grid", "done sum"], Ends(second));
        Assert.Contains(second.Observer.Notices, notice => notice.StartsWith("fit[0] does not take a cached result:", StringComparison.Ordinal));
    }

    private static async Task<TestRun> AgainAsync(TestRun first, FlowBuilder flow)
    {
        var run = new TestRun { Store = first.Store };
        await run.StartAsync(flow);
        return run;
    }

    private static IEnumerable<string> Ends(TestRun run) => run.Observer.Events.Where(text => text.StartsWith("done ", StringComparison.Ordinal) || text.StartsWith("reused ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Tells when somebody looks who makes a result.</summary>
    private sealed class WatchedStore(IObjectStore inner, TaskCompletionSource looked) : ForwardingStore(inner)
    {
        public override ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default)
        {
            if (key.StartsWith("flight/", StringComparison.Ordinal)) looked.TrySetResult();
            return base.GetAsync(key, cancel);
        }
    }
}
