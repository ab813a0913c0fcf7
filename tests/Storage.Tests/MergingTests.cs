using CsCheck;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Merged slots (C6): the same for everybody who makes them, and superfluous.</summary>
public sealed class MergingTests
{
    [Fact]
    public void Plan_AnyLengths_CoversWithoutOverlapWithinBytesAndIsWorthIt() =>
        Gen.Select(Gen.Int[0, 3].Select(n => MergePlan.Spans[n]), Gen.OneOf(Gen.Int[20, 300].Array[256], Gen.Int[20, 3_000_000].Array[256], Gen.Int[20, 50].Array[5000])).Sample((span, lengths) =>
        {
            var next = 1000;
            foreach (var range in MergePlan.Of(span, 1000, lengths))
            {
                Assert.True(range.First >= next && range.Last < 1000 + lengths.Length);
                Assert.True(range.Last - range.First + 1 >= MergePlan.LeastSlots(span));
                Assert.InRange(lengths[(range.First - 1000)..(range.Last - 999)].Sum(static n => (long)n), 1, MergePlan.MaxBytes);
                next = range.Last + 1;
            }
        });

    [Fact]
    public void Plan_SmallSlots_OneObjectBetweenTwoCuts() =>
        Assert.Equal([new MergedRange(256, 512, 767)], MergePlan.Of(256, 512, Enumerable.Repeat(200, 256).ToArray()));

    [Fact]
    public void Plan_LargeSlots_None() => Assert.All(MergePlan.Spans.ToArray(), span => Assert.Empty(MergePlan.Of(span, 0, Enumerable.Repeat(1_000_000, span).ToArray())));

    [Theory]
    [InlineData("merged/256/0000000000-0000000255", true)]
    [InlineData("merged/3/0000000000-0000000255", false)]
    [InlineData("merged/256/0000000256-0000000255", false)]
    [InlineData("merged/256/0000000000", false)]
    [InlineData("merged/256/00000000-1-0000000255", false)]
    [InlineData("merged/-256/0000000000-0000000255", false)]
    [InlineData("m", false)]
    public void Parse_Key_OnlyOfMergedObjects(string key, bool isOne)
    {
        var run = RunKey.Create("sample", DateTimeOffset.UnixEpoch);
        Assert.Equal(isOne ? new MergedRange(256, 0, 255) : null, MergedRange.Parse(run, run.Prefix + key));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Replay_ObjectsOfTheNamesBeforeVersion4_AreReadInPlaceOfSlots(int level)
    {
        var (objects, log) = await WriteAsync(600);
        await log.DisposeAsync();
        foreach (var found in await objects.ListAsync(MergedRange.Prefix(log.Run)).ToListAsync()) await objects.DeleteAsync(found.Key);
        var plain = await DescribeAsync(objects, log.Run);
        var slots = new List<ReadOnlyMemory<byte>>();
        await foreach (var slot in new SlotReader(objects, log.Run).ReadAsync(0, default)) slots.Add(slot.Content);
        foreach (var range in new[] { new MergedRange(level, 0, 255), new MergedRange(level, 256, 511) })
            await objects.PutAsync(range.Key(log.Run), MergedSlots.Wrap(range, slots[range.First..(range.Last + 1)]));

        var counted = new CountingStore(objects);
        Assert.Equal(plain, await DescribeAsync(counted, log.Run));
        Assert.DoesNotContain(LogSlot.Key(log.Run, 300), counted.Reads);
    }

    [Fact]
    public async Task OpenRun_OfSixHundredSlots_DriverMergesAndReadersTakeAFewObjects()
    {
        var (objects, log) = await WriteAsync(600);
        await using var _ = log;
        string[] merged = [new MergedRange(256, 0, 255).Key(log.Run), new MergedRange(256, 256, 511).Key(log.Run), .. Enumerable.Range(0, 5).Select(n => new MergedRange(16, 512 + n * 16, 527 + n * 16).Key(log.Run))];
        await UntilAsync(async () => await objects.SizeAsync(merged[^1]) is not null);
        Assert.Equal(2 + 600 / 16, (await objects.ListAsync(log.Run.Prefix + "merged/").ToListAsync()).Count);

        var counted = new CountingStore(objects);
        var fold = await new RunReader(counted).ReplayLogAsync(log.Run, default);
        Assert.Equal(600, fold!.Slots);
        Assert.Equal(merged, counted.Reads.Where(merged.Contains));
        // Three slots, seven merged objects, the tail of 8 slots, and what is asked for beyond it.
        Assert.InRange(counted.Reads.Count, 18, 18 + 32);
    }

    [Fact]
    public async Task MergeAsync_ByAnybodyAndTwice_TheBytesOfTheDriver()
    {
        var (objects, log) = await WriteAsync(520);
        await UntilAsync(async () => (await objects.ListAsync(log.Run.Prefix + "merged/").ToListAsync()).Count == 2 + 520 / 16);
        await log.DisposeAsync();
        var made = await ContentsAsync(objects, log.Run.Prefix + "merged/");
        foreach (var key in made.Keys) await objects.DeleteAsync(key);
        for (var i = 0; i < 2; i++) await new LogMerger(objects, log.Run).MergeAllAsync(521, default);
        Assert.Equal(made, await ContentsAsync(objects, log.Run.Prefix + "merged/"));
        // From what is merged already, too.
        var longer = new MergedRange(256, 0, 255).Key(log.Run);
        await objects.DeleteAsync(longer);
        await new LogMerger(objects, log.Run).MergeAsync(256, 0, default);
        Assert.Equal(made, await ContentsAsync(objects, log.Run.Prefix + "merged/"));
        // What longer objects cover is not missed.
        foreach (var key in made.Keys.Where(key => key.Contains("/16/", StringComparison.Ordinal))) await objects.DeleteAsync(key);
        await new LogMerger(objects, log.Run).MergeAllAsync(521, default);
        Assert.Equal(2, (await objects.ListAsync(log.Run.Prefix + "merged/").ToListAsync()).Count);
    }

    [Fact]
    public async Task Replay_WithAndWithoutMergedObjects_TheSameRun() =>
        await Gen.Int[0, 1000].SampleAsync(async seed =>
        {
            var random = new Random(seed);
            var (objects, log) = await WriteAsync(300 + random.Next(300), random.Next(1, 400));
            await log.DisposeAsync();
            var plain = await DescribeAsync(objects, log.Run);
            var slots = (await objects.ListAsync(log.Run.Prefix + "log/").ToListAsync()).Count;
            await new LogMerger(objects, log.Run).MergeAllAsync(slots, default);
            Assert.Equal(plain, await DescribeAsync(objects, log.Run));
            foreach (var merged in await objects.ListAsync(log.Run.Prefix + "merged/").ToListAsync())
            {
                if (random.Next(3) == 0) await objects.DeleteAsync(merged.Key);
                else if (random.Next(2) == 0) await DamageAsync(objects, merged.Key, random);
                Assert.Equal(plain, await DescribeAsync(objects, log.Run));
            }
        }, iter: 8, threads: 1);

    [Fact]
    public async Task Replay_MergedObjectIsGoneSinceItWasListed_ReadsTheSlots()
    {
        var (objects, log) = await WriteAsync(300);
        await UntilAsync(async () => (await objects.ListAsync(log.Run.Prefix + "merged/").ToListAsync()).Count == 1 + 300 / 16);
        await log.DisposeAsync();
        var plain = await DescribeAsync(objects, log.Run);
        Assert.Equal(plain, await DescribeAsync(new ForgettingStore(objects, "/merged/"), log.Run));
    }

    [Fact]
    public async Task TakeOver_OfAMergedLog_GoesOnAfterTheLastSlot()
    {
        var (objects, log) = await WriteAsync(300);
        await log.DisposeAsync();
        await new LogMerger(objects, log.Run).MergeAllAsync(300, default);
        var store = await Samples.OpenAsync(objects);
        await using var next = await RunLog.TakeOverAsync(store, log.Run, TimeProvider.System, default);
        await next.FinishAsync(Samples.End());
        Assert.Equal(RunStatus.Succeeded, (await store.ReadAsync(log.Run, default)).Status);
        Assert.Equal(302, (await objects.ListAsync(log.Run.Prefix + "log/").ToListAsync()).Count);
    }

    [Fact]
    public async Task Summarize_OpenRunOfManySlots_NamesOfThoseThatAreNotMergedOnly()
    {
        var (objects, log) = await WriteAsync(600);
        await using var _ = log;
        await new LogMerger(objects, log.Run).MergeAllAsync(600, default);
        var counted = new CountingStore(objects);
        var store = await RunStore.OpenAsync(counted, forWriting: false, TimeProvider.System, default);
        Assert.Equal(RunStatus.Running, (await store.SummarizeAsync(log.Run, default)).Status);
        Assert.Contains(LogSlot.Key(log.Run, 599), counted.Reads);
        Assert.InRange(counted.Reads.Count, 1, 15);
    }

    [Fact]
    public async Task OpenRun_OfHundredThousandTasksEachInASlot_FewDozenReads()
    {
        var (objects, log) = await WriteAsync(100_000);
        await log.DisposeAsync();
        await new LogMerger(objects, log.Run).MergeAllAsync(100_000, default);
        var counted = new CountingStore(objects);
        Assert.Equal(100_000, (await new RunReader(counted).ReplayLogAsync(log.Run, default))!.Slots);
        // Three slots; five listings; a few of 65,536 slots, 8 of 4,096, 6 of 256, 10 of 16; the slot that does not exist, and the one after it.
        Assert.InRange(counted.Reads.Count, 1, 40);
    }

    /// <summary>An open run with a task in each slot, slot 0 besides.</summary>
    private static async Task<(InMemoryStore Objects, RunLog Log)> WriteAsync(int slots, int bytes = 20)
    {
        var objects = new InMemoryStore();
        var log = await RunLog.CreateAsync(await Samples.OpenAsync(objects), Samples.Manifest(), TimeProvider.System, default);
        log.Append(new DimensionSized(0, default, slots));
        for (var i = 1; i < slots; i++) await log.WhenCommittedAsync(log.Append(Samples.Success(1, i, Samples.Random(bytes, i))), default);
        return (objects, log);
    }

    private static async Task<string> DescribeAsync(IObjectStore objects, RunKey run) =>
        IndexedRun.Describe((await new RunReader(objects).ReplayLogAsync(run, default))!.Build(RunStatus.Interrupted));

    private static async Task<SortedDictionary<string, string>> ContentsAsync(InMemoryStore objects, string prefix)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var found in await objects.ListAsync(prefix).ToListAsync()) contents.Add(found.Key, Convert.ToHexString((await objects.GetAsync(found.Key))!));
        return contents;
    }

    private static async Task DamageAsync(InMemoryStore objects, string key, Random random)
    {
        var bytes = (await objects.GetAsync(key))!;
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        // A higher version is no damage.
        if (bytes[4] != Envelope.Version) return;
        await objects.PutAsync(key, new(bytes));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Yield();
    }
}
