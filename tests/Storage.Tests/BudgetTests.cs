using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>What runs cost in objects and flushes. Counted, so a busy machine cannot change it.</summary>
public sealed class BudgetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ThirdRun_FourTasks_TwoObjectsAndSixFlushes()
    {
        var objects = new LocalFolderStore(_folder.Path);
        var store = await Samples.OpenAsync(objects);
        for (var i = 0; i < 2; i++) await FourTasksAsync(store);
        var (before, flushes) = ((await objects.ListAsync("").ToListAsync()).Count, objects.Syncs);
        await FourTasksAsync(store);
        Assert.Equal(2, (await objects.ListAsync("").ToListAsync()).Count - before);
        // Slot 0: its file, and the names of runs/sample/<id>, log and the slot; the group: file and name.
        Assert.InRange(objects.Syncs - flushes, 4, 6);
    }

    [Fact]
    public async Task FirstRunOfAStore_ThreeObjectsMore()
    {
        var objects = new LocalFolderStore(_folder.Path);
        await FourTasksAsync(await Samples.OpenAsync(objects));
        var keys = (await objects.ListAsync("").ToListAsync()).Select(o => o.Key).ToList();
        Assert.Equal(4, keys.Count);
        Assert.Contains("format", keys);
        Assert.Single(keys, k => k.StartsWith("machines/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(8, 10)]
    [InlineData(10_000, 110)]
    public async Task TenThousandTasks_OneObjectInAHundred(int bytes, int objectsAtMost)
    {
        var objects = new InMemoryStore();
        var store = await Samples.OpenAsync(objects);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), TimeProvider.System, default);
        log.Append(Samples.Success(0, -1, [1]));
        log.Append(new DimensionSized(0, default, 10_000));
        for (var i = 0; i < 10_000; i++) log.Append(Samples.Success(1, i, Samples.Random(bytes, i)));
        await log.FinishAsync(Samples.End());
        Assert.InRange((await objects.ListAsync(log.Run.Prefix).ToListAsync()).Count + (await objects.ListAsync("blobs/").ToListAsync()).Count, 2, objectsAtMost);
        Assert.All((await store.ReadAsync(log.Run, default)).TasksOf(1), t => Assert.Equal(FlowTaskStatus.Succeeded, t.Status));
    }

    [Fact]
    public async Task SlowTasks_AtMostTwentyRequestsASecond()
    {
        // A task every 10 ms for 20 s, by a clock that only the test moves.
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var objects = new InMemoryStore(time);
        var store = await Samples.OpenAsync(objects, time);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(time.GetUtcNow()), time, default);
        var committed = 0L;
        log.Committed = n => Volatile.Write(ref committed, n);
        log.Append(new DimensionSized(0, default, 10_000));
        var last = 0L;
        for (var i = 0; i < 2000; i++)
        {
            last = log.Append(Samples.Success(1, i, Samples.Random(5000, i)));
            time.Advance(TimeSpan.FromMilliseconds(10));
            // What is due is written before the clock goes on.
            if (i >= 100 && i % 10 == 9) SpinWait.SpinUntil(() => Volatile.Read(ref committed) >= last - 15, TimeSpan.FromSeconds(10));
        }
        await log.WhenCommittedAsync(last, default);
        Assert.InRange((await objects.ListAsync("runs/").ToListAsync()).Count + (await objects.ListAsync("blobs/").ToListAsync()).Count, 20, 20 * 20);
    }

    [Fact]
    public async Task RunState_OfATableThatLies_TakesNoMemory()
    {
        var store = await Samples.OpenAsync(new InMemoryStore());
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), TimeProvider.System, default);
        log.Append(new DimensionSized(0, default, int.MaxValue - 10));
        log.Append(Samples.Success(1, 2_000_000_000, [1]));
        await log.FinishAsync(Samples.End());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = await store.ReadAsync(log.Run, default);
        Assert.Equal(FlowTaskStatus.Succeeded, state.Find(new(1, 2_000_000_000))!.Status);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static async Task FourTasksAsync(RunStore store)
    {
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), TimeProvider.System, default);
        log.Append(Samples.Success(0, -1, [1]));
        log.Append(new DimensionSized(0, default, 2));
        log.Append(Samples.Success(1, 0, [1]));
        log.Append(Samples.Success(1, 1, [1]));
        log.Append(Samples.Success(2, -1, [1]));
        await log.FinishAsync(Samples.End());
    }
}
