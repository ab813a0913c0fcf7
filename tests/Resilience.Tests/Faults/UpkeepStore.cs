using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;
using Resilience.Tests.Remote;
using Runtime.Tests.Executing;
using Runtime.Tests.Executing.Driving;

namespace Resilience.Tests.Faults;

/// <summary>
/// A store in which a collection has everything to do: a run that was retired and could not go yet, one that is to be, one that stays and shares content with both, an open one whose workers have proposed
/// what its log does not name yet, a long one with an index that half of its log is gone of, one that has no index yet, an open one to be merged. All of it is two days old.
/// </summary>
internal sealed class UpkeepStore
{
    private readonly List<(string Key, byte[] Bytes)> _objects = [];
    private readonly List<Beat> _beats = [];

    public RunKey Retired { get; private set; }

    public RunKey Named { get; private set; }

    public RunKey Kept { get; private set; }

    public RunKey Open { get; private set; }

    public RunKey Indexed { get; private set; }

    public RunKey Long { get; private set; }

    /// <summary>Every run that is there whatever a collection does.</summary>
    public RunKey[] Staying => Long == default ? [Kept, Open, Indexed] : [Kept, Open, Indexed, Long];

    /// <summary>A new store with these objects.</summary>
    public async Task<InMemoryStore> CopyAsync()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = new InMemoryStore(clock);
        foreach (var (key, bytes) in _objects) await store.PutAsync(key, new(bytes));
        clock.Advance(TimeSpan.FromDays(2));
        foreach (var beat in _beats) await store.PutAsync(Beat.Key(Open), beat.Wrap());
        return store;
    }

    /// <param name="withLong">Whether there is the long run without an index.</param>
    public static async Task<UpkeepStore> MakeAsync(bool withLong)
    {
        var store = new UpkeepStore();
        var objects = new InMemoryStore();
        (store.Retired, store.Named, store.Kept) = (await TinyAsync(objects, 1), await TinyAsync(objects, 2), await TinyAsync(objects, 3));
        store.Open = await OpenAsync(objects);
        await CollectAsync(objects, store.Retired);
        // Its driver has moved on since.
        var log = await new RunReader(objects).ReadAsync(store.Open, 0, default);
        store._beats.Add(new Beat(0, 9, 1, log!.Records.OfType<EpochStarted>().First().Driver));

        store.Indexed = await LongAsync(objects);
        foreach (var slot in (await objects.ListAsync(store.Indexed.Prefix + "log/").ToListAsync())[3..^4]) await objects.DeleteAsync(slot.Key);
        if (withLong) store.Long = await LongAsync(objects);
        foreach (var index in withLong ? (await objects.ListAsync(store.Long.Prefix).ToListAsync()).Where(found => found.Key.StartsWith(store.Long.Prefix + "index", StringComparison.Ordinal)) : []) await objects.DeleteAsync(index.Key);
        await foreach (var found in objects.ListAsync("")) store._objects.Add((found.Key, (await objects.GetAsync(found.Key))!));
        return store;
    }

    /// <summary>Removes a run by name, if it is still there, as <c>rm</c> does.</summary>
    public static async Task<CollectReport> CollectAsync(IObjectStore objects, params RunKey[] named)
    {
        var store = await RunStore.OpenAsync(objects, forWriting: true, TimeProvider.System, default);
        var there = (await store.ListAsync(null, default).ToListAsync()).ToHashSet();
        return await new Collector(store, TimeProvider.System).RunAsync(new RetireRules { Named = [.. named.Where(there.Contains)] }, isDry: false, default);
    }

    /// <summary>Values of its own and some that other runs have too, in packs; a result that it shares; a tag.</summary>
    public static FlowBuilder Tiny(int seed) => new FlowBuilder("tiny")
        .Parameter<int, Int32Codec>("seed", ParameterParsers.Parsable<int>(), seed)
        .Step("own", "seed", frame => frame.Set(0, Enumerable.Range(1000 * frame.Value<int>(0), 3000).ToArray()), FlowBuilder.Ints("own"))
        .Step("common", "own", async frame =>
        {
            await frame.Context.Committed();
            frame.Set(0, Enumerable.Range(-5000, 3000).ToArray());
        }, FlowBuilder.Ints("common"))
        .Step("slow", "", frame => frame.Set(0, 42), FlowBuilder.Int("slow")).With(step => step with { TakesContext = false, Cache = new CacheDefinition($"{seed}") });

    private static async Task<RunKey> TinyAsync(IObjectStore objects, int seed) => (await new TestRun { Store = objects, MaxParallel = 1, Tags = [$"tag{seed}"] }.StartAsync(Tiny(seed))).Run;

    private static async Task<RunKey> OpenAsync(IObjectStore objects)
    {
        var killed = new KillableStore(objects);
        var flow = FarFlow.Make(last: _ =>
        {
            killed.Kill();
            return Task.CompletedTask;
        });
        var jobs = new WorkerJobs(objects, flow.Build());
        var run = new TestRun { Store = killed, Remote = jobs.Options };
        await Assert.ThrowsAnyAsync<FlowException>(() => run.StartAsync(flow));
        await jobs.EndedAsync();
        return run.Observer.Manifest!.Run;
    }

    private static async Task<RunKey> LongAsync(IObjectStore objects) => (await new TestRun { Store = objects }.StartAsync(GoldenRuns.Steady())).Run;
}
