using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Resilience.Tests.Remote;
using Runtime.Tests.Executing;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>Collections, compactions and repairs, and something that happens to each of their operations on the store, one after the other.</summary>
public sealed class EveryUpkeepOperationTests
{
    private static readonly Lazy<Task<UpkeepStore>> s_store = new(() => UpkeepStore.MakeAsync(withLong: true)), s_short = new(() => UpkeepStore.MakeAsync(withLong: false));

    [Theory]
    [InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter), InlineData(Trouble.IoError), InlineData(Trouble.Unavailable), InlineData(Trouble.Partial), InlineData(Trouble.StaleList)]
    public async Task Collect_SomethingHappensToEveryOperation_LosesNothingAndTheNextOneFinishes(Trouble trouble)
    {
        var template = await s_short.Value;
        var expected = await EndAsync(await template.CopyAsync(), template);
        var values = await ValuesAsync(await template.CopyAsync(), template.Staying);
        var hits = 0;
        for (var (at, wasHit) = (1, true); wasHit; at++)
        {
            var inner = await template.CopyAsync();
            wasHit = await OnceAsync(new NumberedStore(inner, at, trouble, new InstantTime()), store => UpkeepStore.CollectAsync(store, template.Named));
            hits += wasHit ? 1 : 0;
            // Objects never change, so what is there is what it was; that runs can be read with others gone is asked for now and then.
            if (at % 8 == 0) Assert.True(values.SequenceEqual(await ValuesAsync(inner, template.Staying)), $"{trouble} at {at}");
            var lost = expected.Except(await KeysAsync(inner)).Where(static key => !IsMadeAgain(key)).ToList();
            Assert.True(lost.Count == 0, $"{trouble} at {at} lost {string.Join(", ", lost)}");
            var ended = await EndAsync(inner, template);
            Assert.True(expected.SetEquals(ended), $"{trouble} at {at}: {string.Join(", ", expected.Except(ended).Select(static key => "-" + key).Concat(ended.Except(expected).Select(static key => "+" + key)))}");
        }

        Assert.True(hits > 100, $"only {hits} operations");
    }

    /// <summary>The index is made of what can be read, and slots go when there is one.</summary>
    [Theory, InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter)]
    public async Task Collect_KilledWhileItMakesAnIndex_TheNextOneMakesIt(Trouble kill)
    {
        var template = await s_store.Value;
        var expected = await EndAsync(await template.CopyAsync(), template);
        Assert.Contains(IndexKeys.Header(template.Long), expected);
        Assert.InRange(expected.Count(key => key.StartsWith(template.Long.Prefix + "log/", StringComparison.Ordinal)), 2, 8);
        var counted = new NumberedStore(await template.CopyAsync(), int.MaxValue, kill);
        await UpkeepStore.CollectAsync(counted, template.Named);
        // What it is made of is read first, so it is put among the last operations.
        for (var at = counted.Operations - 90; at <= counted.Operations; at += 3)
        {
            var inner = await template.CopyAsync();
            Assert.True(await OnceAsync(new NumberedStore(inner, at, kill), store => UpkeepStore.CollectAsync(store, template.Named)));
            var ended = await EndAsync(inner, template);
            Assert.True(expected.SetEquals(ended), $"{kill} at {at}");
        }
    }

    [Fact]
    public async Task Collect_ThenEverybodyGoesOn_AllThatWasNeededIsThere()
    {
        var template = await s_store.Value;
        var objects = await template.CopyAsync();
        await EndAsync(objects, template);
        var flow = FarFlow.Make(static call => throw new InvalidOperationException($"{call} was proposed before"));
        Assert.Equal(RunStatus.Succeeded, await new TestRun { Store = objects, Remote = new WorkerJobs(objects, flow.Build()).Options }.ContinueAsync(flow, template.Open));
        // Now that nobody holds it, the run that was named goes with all of its own.
        var report = await UpkeepStore.CollectAsync(objects);
        Assert.True(report is { Blobs: > 0, Kept: 4 }, $"{report}");
        Assert.Empty(await new StoreCheck(await Samples.OpenAsync(objects), repairs: false).RunAsync(default));
        Assert.InRange((await KeysAsync(objects)).Count(key => key.StartsWith(template.Named.Prefix, StringComparison.Ordinal)), 1, 3);
    }

    [Theory]
    [InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter), InlineData(Trouble.IoError), InlineData(Trouble.Partial), InlineData(Trouble.StaleList)]
    public async Task Merge_SomethingHappensToEveryOperation_ReadsTheSameAndTheNextOneFinishes(Trouble trouble)
    {
        var template = await s_store.Value;
        var run = template.Long;
        var source = await template.CopyAsync();
        foreach (var found in await source.ListAsync(run.Prefix + "merged/").ToListAsync()) await source.DeleteAsync(found.Key);
        var slots = await source.ListAsync(run.Prefix + "log/").CountAsync();
        var expected = await DescribeAsync(source, run);
        await new LogMerger(source, run).MergeAllAsync(slots, default);
        var made = await source.ListAsync(run.Prefix + "merged/").Select(static found => found.Key).ToListAsync();
        var merged = await ContentsAsync(source, made);
        Assert.NotEmpty(merged);

        var hits = 0;
        for (var (at, wasHit) = (1, true); wasHit; at++)
        {
            foreach (var key in made) await source.DeleteAsync(key);
            wasHit = await OnceAsync(new NumberedStore(source, at, trouble, new InstantTime()), async store => await new LogMerger(store, run).MergeAllAsync(slots, default));
            hits += wasHit ? 1 : 0;
            if (at % 16 == 0) Assert.Equal(expected, await DescribeAsync(source, run));
            await new LogMerger(source, run).MergeAllAsync(slots, default);
            Assert.Equal(merged, await ContentsAsync(source, made));
        }

        Assert.True(hits > 200, $"only {hits} operations");
    }

    [Theory]
    [InlineData(Trouble.Killed), InlineData(Trouble.KilledAfter), InlineData(Trouble.IoError), InlineData(Trouble.Unavailable), InlineData(Trouble.Partial), InlineData(Trouble.StaleList)]
    public async Task Repair_SomethingHappensToEveryOperation_RemovesWhatIsDamagedAndNothingElse(Trouble trouble)
    {
        var (objects, damaged) = await DamagedAsync();
        // Of an index everything goes.
        var expected = (await KeysAsync(objects)).Except(damaged).Where(static key => !key.Contains("/index-parts/", StringComparison.Ordinal)).ToHashSet();
        var hits = 0;
        for (var (at, wasHit) = (1, true); wasHit; at++)
        {
            var inner = new InMemoryStore();
            await foreach (var found in objects.ListAsync("")) await inner.PutAsync(found.Key, new((await objects.GetAsync(found.Key))!));
            wasHit = await OnceAsync(new NumberedStore(inner, at, trouble, new InstantTime()), RepairAsync);
            hits += wasHit ? 1 : 0;
            Assert.Empty(expected.Except(await KeysAsync(inner)));
            await RepairAsync(inner);
            var left = await KeysAsync(inner);
            Assert.True(expected.SetEquals(left), $"{trouble} at {at} left {string.Join(", ", left.Except(expected))}");
        }

        Assert.True(hits > 50, $"only {hits} operations");

        static async Task RepairAsync(IObjectStore store) => await new StoreCheck(await RunStore.OpenAsync(store, forWriting: true, TimeProvider.System, default), repairs: true).RunAsync(default);
    }

    /// <summary>One process. All that may come of an operation that fails is an error of the store.</summary>
    private static async Task<bool> OnceAsync(NumberedStore store, Func<IObjectStore, Task> live)
    {
        try
        {
            await live(store);
        }
        catch (FlowException e) when (e.ExitCode == 4)
        {
            Assert.True(store.WasHit, e.ToString());
        }

        return store.WasHit;
    }

    /// <summary>Removes what is to be removed and collects once more; gives what is left.</summary>
    private static async Task<HashSet<string>> EndAsync(IObjectStore objects, UpkeepStore template)
    {
        await UpkeepStore.CollectAsync(objects, template.Named);
        await UpkeepStore.CollectAsync(objects);
        return await KeysAsync(objects);
    }

    private static async Task<HashSet<string>> KeysAsync(IObjectStore objects) => (await objects.ListAsync("").Select(static found => found.Key).Where(static key => !key.StartsWith("gc/", StringComparison.Ordinal)).ToListAsync()).ToHashSet();

    private static bool IsMadeAgain(string key) => key.Contains("/index", StringComparison.Ordinal) || key.Contains("/merged/", StringComparison.Ordinal);

    /// <summary>All that can be read of runs.</summary>
    private static async Task<SortedDictionary<string, string>> ValuesAsync(IObjectStore objects, RunKey[] runs)
    {
        var store = await RunStore.OpenAsync(objects, forWriting: false, TimeProvider.System, default);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            var state = await store.ReadAsync(run, default);
            foreach (var task in state.Tasks)
            {
                foreach (var value in task.Outputs) await store.Artifacts.ReadAsync(value, default);
                values.Add($"{run}/{state.NameOf(task.Address)}#{task.Address}", $"{task.Status} {string.Join(" ", task.Outputs.Select(static value => value.Hash))}");
            }
        }

        return values;
    }

    private static async Task<string> DescribeAsync(IObjectStore objects, RunKey run) => IndexedRun.Describe((await new RunReader(objects).ReplayLogAsync(run, default))!.Build(RunStatus.Interrupted));

    private static async Task<SortedDictionary<string, string>> ContentsAsync(InMemoryStore objects, IEnumerable<string> keys)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys) contents.Add(key, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData((await objects.GetAsync(key))!)));
        return contents;
    }

    /// <summary>One object of each kind that can be made again is damaged.</summary>
    private static async Task<(InMemoryStore Objects, List<string> Damaged)> DamagedAsync()
    {
        var objects = new InMemoryStore();
        var (run, _) = await new TestRun { Store = objects, MaxParallel = 1 }.StartAsync(UpkeepStore.Tiny(1));
        await new TestRun { Store = objects, MaxParallel = 1 }.StartAsync(UpkeepStore.Tiny(2));
        await new RunIndex(objects).WriteAsync(run, default);
        var range = new MergedRange(1, 0, 1);
        List<ReadOnlyMemory<byte>> slots = [];
        foreach (var n in new[] { 0, 1 }) slots.Add((await objects.GetAsync(LogSlot.Key(run, n)))!.AsMemory()[Envelope.HeaderSize..^Envelope.TrailerSize]);
        await objects.PutIfAbsentAsync(range.Key(run), MergedSlots.Wrap(range, slots));

        var keys = await objects.ListAsync("").Select(static found => found.Key).ToListAsync();
        List<string> damaged = [.. new[] { "blobs/", "cache/", "flight/", IndexKeys.Header(run), range.Key(run) }.Select(prefix => keys.First(key => key.StartsWith(prefix, StringComparison.Ordinal)))];
        foreach (var key in damaged)
        {
            var bytes = (await objects.GetAsync(key))!;
            bytes[bytes.Length / 2] ^= 1;
            await objects.PutAsync(key, new(bytes));
        }

        return (objects, damaged);
    }
}
