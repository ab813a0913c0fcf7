using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;
using Resilience.Tests.Remote;
using Runtime.Tests.Executing;
using Runtime.Tests.Executing.Driving;

namespace Resilience.Tests;

/// <summary>
/// The runs of golden stores that go on in later versions: flows by hand, whose code never changes. <c>record.sh</c> adds those of <c>GoldenFlow.cs</c>, and makes a store of both. What is recorded here
/// must be kept as it is for as long as there is a store that was made with it.
/// </summary>
public sealed class GoldenRuns
{
    /// <summary>Rounds of the long run, and after how many of them its driver was killed.</summary>
    public const int Rounds = 300, KilledAt = 280;

    /// <summary>A slot for each round.</summary>
    internal static FlowBuilder Steady(Func<int, Task>? each = null) => new FlowBuilder("steady")
        .Step("start", "", frame => frame.Set(0, 0), FlowBuilder.Int("start"))
        .Step("count", "carry:start", async frame =>
        {
            await frame.Context.Committed();
            if (each is not null) await each(frame.Value<int>(0));
            frame.Set(0, frame.Value<int>(0) + 1);
        }, [FlowBuilder.Int("count")], loop: new LoopDefinition(1000, false, 0, static (_, value) => (int)value! < Rounds));

    /// <summary>A result that any run may take.</summary>
    internal static FlowBuilder Shared(Action? called = null) => new FlowBuilder("shared")
        .Step("slow", "", frame =>
        {
            called?.Invoke();
            frame.Set(0, 42);
        }, FlowBuilder.Int("slow")).With(step => step with { TakesContext = false, Cache = new CacheDefinition("1") });

    /// <summary>Fails for one item of two, and blocks what needs it.</summary>
    internal static FlowBuilder Broken() => new FlowBuilder("broken")
        .Step("grid", "", frame => frame.Set(0, new[] { 1, 2 }), FlowBuilder.Ints("grid"))
        .Step("fit", "each:grid", frame => frame.Set(0, frame.Value<int>(0) == 2 ? throw new InvalidOperationException("no 2") : 1), FlowBuilder.Int("fit"))
        .Step("test", "fit", frame => frame.Set(0, 1), FlowBuilder.Int("test"))
        .Step("best", "all:test", frame => frame.Set(0, 1), FlowBuilder.Int("best"));

    /// <summary>Makes them: <c>FLOWGEN_GOLDEN=FOLDER</c>. Only <c>record.sh</c> asks for it.</summary>
    [Fact(Explicit = true)]
    public async Task Record()
    {
        var objects = new LocalFolderStore(Environment.GetEnvironmentVariable("FLOWGEN_GOLDEN") ?? throw new InvalidOperationException("FLOWGEN_GOLDEN names no folder."));

        // A run that gc has retired, and everything else of the generation after it.
        var (gone, _) = await SmallFlow.RunAsync(objects, tags: ["gone"]);
        var store = await RunStore.OpenAsync(objects, forWriting: true, TimeProvider.System, default);
        await new Collector(store, TimeProvider.System).RunAsync(new RetireRules { Named = [gone] }, isDry: false, default);

        await FarAsync(objects);
        await SteadyAsync(objects);
        Assert.Equal(RunStatus.Failed, (await new TestRun { Store = objects }.StartAsync(Broken())).Status);
        foreach (var _ in new[] { 1, 2 }) await new TestRun { Store = objects }.StartAsync(Shared());

        // One that was killed, and resumed, and that was killed too; the tag moves on to one that was not.
        var (small, _) = await SmallFlow.RunAsync(objects, tags: ["silver"]);
        var left = await KilledAsync(objects, 3, null);
        left = await KilledAsync(objects, 5, left);
        await store.Tags.MoveAsync(small, "silver", default);
        // The generation that runs still declare which are open: nothing of it goes.
        await new Collector(store, TimeProvider.System).RunAsync(new RetireRules(), isDry: false, default);
        Assert.NotEqual(small, left);
    }

    private static async Task FarAsync(LocalFolderStore objects)
    {
        // A job that is lost at its first operations, and what was lost is sent again.
        var flow = FarFlow.Make(withFlow: true);
        var jobs = new WorkerJobs(objects, flow.Build());
        jobs.StoreOf = number => number is 2 or 3 ? new Faults.NumberedStore(objects, 5 + number, Faults.Trouble.KilledAfter) : objects;
        Assert.Equal(RunStatus.Succeeded, (await new TestRun { Store = objects, Remote = jobs.Options }.StartAsync(flow)).Status);
        Assert.True(jobs.Started > 5);

        // The driver is killed while its last job runs, which then comes to its end.
        var killed = new KillableStore(objects);
        flow = FarFlow.Make(withFlow: true, last: _ =>
        {
            killed.Kill();
            return Task.CompletedTask;
        });
        jobs = new WorkerJobs(objects, flow.Build());
        await Assert.ThrowsAnyAsync<FlowException>(() => new TestRun { Store = killed, Remote = jobs.Options }.StartAsync(flow));
        await jobs.EndedAsync();

        // It is handed over, because its engine is away.
        flow = FarFlow.Make();
        jobs = new WorkerJobs(objects, flow.Build());
        jobs.Trouble = call => call == EngineCall.Start && jobs.Started >= 3 ? throw new FlowGen.Engines.EngineUnavailableException("It is away.") : null;
        Assert.Equal(RunStatus.Interrupted, (await new TestRun { Store = objects, Remote = jobs.Options with { Times = jobs.Options.Times with { Unreachable = TimeSpan.FromMilliseconds(200) } } }.StartAsync(flow)).Status);
        await jobs.EndedAsync();

        // Somebody asks its driver to stop it.
        var run = new TestRun { Store = objects };
        run = new TestRun { Store = objects, Remote = (jobs = new WorkerJobs(objects, FarFlow.Make(last: Ask).Build())).Options, Observer = run.Observer };
        Assert.Equal(RunStatus.Cancelled, (await run.StartAsync(FarFlow.Make(last: Ask))).Status);

        async Task Ask(StepContext context)
        {
            await RunRequests.CancelAsync(objects, run.Observer.Manifest!.Run, "ann", DateTimeOffset.UtcNow, default);
            await new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(40));
        }
    }

    private static async Task SteadyAsync(LocalFolderStore objects)
    {
        var killed = new KillableStore(objects);
        var run = new TestRun { Store = killed };
        await Assert.ThrowsAnyAsync<FlowException>(() => run.StartAsync(Steady(async round =>
        {
            if (round < KilledAt) return;
            while (await objects.ListAsync(run.Observer.Manifest!.Run.Prefix + "merged/").CountAsync() == 0) await Task.Yield();
            killed.Kill();
        })));
    }

    private static async Task<RunKey> KilledAsync(LocalFolderStore objects, int puts, RunKey? resume)
    {
        var killed = new KillableStore(objects);
        killed.Kill(puts);
        var observer = new RecordingObserver();
        await Assert.ThrowsAnyAsync<FlowException>(() => SmallFlow.RunAsync(killed, resume, observer: observer));
        return observer.Manifest!.Run;
    }
}
