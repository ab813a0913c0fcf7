using CsCheck;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

public class IndexTests
{
    [Fact]
    public async Task Read_AnyRun_IndexSaysWhatTheLogSays() =>
        await Gen.Int.SampleAsync(async seed =>
        {
            var objects = new InMemoryStore();
            var store = await Samples.OpenAsync(objects);
            var run = await IndexedRun.WriteRandomAsync(store, seed);
            var log = (await store.Reader.ReplayLogAsync(run, default))!.Build(RunStatus.Running);
            await IndexedRun.RemoveSlotsAsync(objects, run); // so it is the index that is read
            var state = await store.ReadAsync(run, default);
            Assert.Equal(IndexedRun.Describe(log), IndexedRun.Describe(state));
            Assert.Equal(IndexedRun.Describe(RunOverview.Of(log)), IndexedRun.Describe(await store.OverviewAsync(run, default)));
            Assert.Equal(RunOverview.Of(log).Summary with { Manifest = null! }, await store.SummarizeAsync(run, default) with { Manifest = null! });
        }, iter: 1000);

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public async Task FinishAsync_SlotsOfTheRun_DecideWhetherThereIsAnIndex(int slots, bool indexed)
    {
        var objects = new InMemoryStore();
        await using var log = await RunLog.CreateAsync(await Samples.OpenAsync(objects), Samples.Manifest(), TimeProvider.System, default);
        for (var i = 2; i < slots; i++) await log.WhenCommittedAsync(log.Append(new TaskStarted(new(0), i, 1, DateTimeOffset.UnixEpoch)), default);
        await log.FinishAsync(Samples.End());
        Assert.Equal(slots, (await objects.ListAsync(log.Run.Prefix + "log/").ToListAsync()).Count);
        Assert.Equal(indexed, await objects.GetAsync(IndexKeys.Header(log.Run)) is not null);
        Assert.Equal(indexed ? 1 : 0, (await objects.ListAsync(log.Run.Prefix + "index-parts/").ToListAsync()).Count);
    }

    [Fact]
    public async Task WriteAsync_Again_TheSameBytes()
    {
        var (objects, run) = await IndexedRun.WriteTwoPartsAsync();
        var before = await ContentsAsync(objects, run);
        Assert.Equal(3, before.Count);
        foreach (var key in before.Keys) await objects.DeleteAsync(key);
        await new RunIndex(objects).WriteAsync(run, default);
        await new RunIndex(objects).WriteAsync(run, default);
        Assert.Equal(before, await ContentsAsync(objects, run));
    }

    [Fact]
    public async Task Read_IndexInAFolder_WithoutSlots_TheSameRun()
    {
        using var folder = new TemporaryFolder();
        var store = await Samples.OpenAsync(new LocalFolderStore(folder.Path));
        var run = await IndexedRun.WriteRandomAsync(store, 1);
        var log = (await store.Reader.ReplayLogAsync(run, default))!.Build(RunStatus.Running);
        await IndexedRun.RemoveSlotsAsync(store.Objects, run);
        Assert.Equal(IndexedRun.Describe(log), IndexedRun.Describe(await store.ReadAsync(run, default)));
        Assert.Equal([run], await store.ListAsync("sample", default).ToListAsync());
    }

    [Fact]
    public async Task WriteAsync_OpenRun_WritesNothing()
    {
        var objects = new InMemoryStore();
        await using var log = await RunLog.CreateAsync(await Samples.OpenAsync(objects), Samples.Manifest(), TimeProvider.System, default);
        await new RunIndex(objects).WriteAsync(log.Run, default);
        Assert.Empty(await ContentsAsync(objects, log.Run));
    }

    [Fact]
    public async Task WriteAsync_HeaderTooLarge_TheRunStaysWithItsLog()
    {
        var objects = new InMemoryStore();
        var store = await Samples.OpenAsync(objects);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), TimeProvider.System, default, IndexedRun.Always);
        await log.FinishAsync(Samples.End(RunStatus.Failed, new string('x', IndexHeader.MaxContent)));
        Assert.Null(await objects.GetAsync(IndexKeys.Header(log.Run)));
        Assert.Equal(RunStatus.Failed, (await store.OverviewAsync(log.Run, default)).Summary.Status);
    }

    [Fact]
    public async Task FinishAsync_KilledAtEveryPut_FinishedOnceTheFinalRecordIsThere()
    {
        HashSet<int> objectsOfIndex = [];
        for (var puts = 1; puts < 12; puts++)
        {
            var memory = new InMemoryStore();
            await Samples.OpenAsync(memory);
            var store = await RunStore.OpenAsync(new CrashingStore(memory, puts), forWriting: true, TimeProvider.System, default);
            var manifest = Samples.Manifest();
            var finished = false;
            try
            {
                await using var log = await RunLog.CreateAsync(store, manifest, TimeProvider.System, default, IndexedRun.Always);
                await log.WhenCommittedAsync(log.Append(Samples.Success(0, -1, [1])), default);
                await log.FinishAsync(Samples.End());
                finished = true;
            }
            catch (FlowException e)
            {
                Assert.Equal("Killed.", e.Message);
            }
            var state = await (await Samples.OpenAsync(memory)).ReadAsync(manifest.Run, default);
            Assert.Equal(finished ? RunStatus.Succeeded : RunStatus.Interrupted, state.Status);
            if (finished) objectsOfIndex.Add((await ContentsAsync(memory, manifest.Run)).Count);
        }
        Assert.Equal([0, 1, 2], objectsOfIndex.Order());
    }

    [Fact]
    public async Task TakeOverAsync_IndexedRunWithoutSlots_IsClosed()
    {
        var (objects, run) = await IndexedRun.WriteTwoPartsAsync();
        await IndexedRun.RemoveSlotsAsync(objects, run);
        var store = await Samples.OpenAsync(objects);
        var error = await Assert.ThrowsAsync<FlowException>(async () => await RunLog.TakeOverAsync(store, run, TimeProvider.System, default));
        Assert.Equal(RunErrors.Finished, error.Code);
    }

    internal static async Task<Dictionary<string, string>> ContentsAsync(IObjectStore objects, RunKey run)
    {
        var contents = new Dictionary<string, string>();
        foreach (var o in await objects.ListAsync(run.Prefix).ToListAsync())
            if (o.Key.StartsWith(run.Prefix + "index", StringComparison.Ordinal)) contents.Add(o.Key, Convert.ToHexString((await objects.GetAsync(o.Key))!));
        return contents;
    }
}
