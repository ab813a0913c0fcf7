using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Storage.Tests;

/// <summary>Garbage collection by generations (C5).</summary>
public sealed class CollectorTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly InMemoryStore _objects;

    public CollectorTests() => _objects = new InMemoryStore(_time);

    [Fact]
    public async Task Collect_NothingToRemove_OnlyStartsAGeneration()
    {
        await RunAsync(1);
        var before = await KeysAsync();
        var report = await CollectAsync(new RetireRules());
        Assert.Equal([.. before, Generations.Key(1)], (await KeysAsync()).Order(StringComparer.Ordinal).OrderBy(key => key == Generations.Key(1)));
        Assert.Equal((1, 1, 0, 0, 1), (report.Generation, report.Barrier, report.Blobs, report.Objects, report.Kept));
    }

    [Fact]
    public async Task Collect_RunOfItsOwnContent_IsGoneWithItButForTombstones()
    {
        var (kept, gone) = (await RunAsync(1), await RunAsync(2));
        var report = await CollectAsync(new RetireRules { Named = [gone] });
        Assert.Equal(gone, Assert.Single(report.Retired));
        Assert.Equal(1, report.Blobs);
        Assert.Equal([LogSlot.Key(gone, 0), LogSlot.Key(gone, 1)], (await KeysAsync()).Where(key => key.StartsWith(gone.Prefix, StringComparison.Ordinal)));
        var store = await OpenAsync();
        Assert.Equal([kept], await store.ListAsync(null, default).ToListAsync());
        Assert.Equal("FG1201", (await Assert.ThrowsAsync<FlowException>(() => store.ResolveAsync(null, gone.Short, default).AsTask())).Code);
        Assert.Equal([1], await ContentAsync(store, kept));

        // A driver that has slept finds the names taken.
        Assert.Equal(PutOutcome.Exists, await _objects.PutIfAbsentAsync(LogSlot.Key(gone, 1), new([0])));
        _time.Advance(TimeSpan.FromDays(31));
        await CollectAsync(new RetireRules());
        Assert.DoesNotContain(await KeysAsync(), key => key.StartsWith(gone.Prefix, StringComparison.Ordinal));
        Assert.True((await store.Generations.NewestAsync(default)).IsRetired(gone));
        await CollectAsync(new RetireRules());
        Assert.False((await store.Generations.NewestAsync(default)).IsRetired(gone));
    }

    [Fact]
    public async Task Collect_ContentThatAnotherRunNeedsToo_Stays()
    {
        var (gone, kept) = (await RunAsync(1), await RunAsync(1));
        Assert.Equal(0, (await CollectAsync(new RetireRules { Named = [gone] })).Blobs);
        Assert.Equal([1], await ContentAsync(await OpenAsync(), kept));
    }

    [Fact]
    public async Task Collect_AllPlacesOfValues_Stay()
    {
        var store = await OpenAsync();
        var manifest = Samples.Manifest(_time.GetUtcNow());
        await SmallRun.WriteAsync(store, manifest);
        await using (var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow().AddSeconds(1)), _time, default))
        {
            // In sub-flows, as references of values, in lists of references, as the source, logs, input files.
            log.Append(new InputFileStored(0, 0, await BlobAsync(store, 100)));
            log.Append(new CodeDescribed(await BlobAsync(store, 101)));
            log.Append(new LogsWritten(await BlobAsync(store, 102), []));
            log.Append(Success(0, StoredValue.Of([1]).Referring(new BlobReferences(default, await BlobAsync(store, List(await BlobAsync(store, 103)))))));
            log.Append(new DimensionSized(0, default, 1));
            log.Append(new TaskSucceeded(new TaskAddress(1, 0), 1, 7, _time.GetUtcNow(), default, [StoredValue.Of([2]).Referring(new BlobReferences([await BlobAsync(store, 104)], null))]));
            await log.FinishAsync(Samples.End());
        }

        var before = await KeysAsync();
        Assert.Equal(0, (await CollectAsync(new RetireRules())).Blobs);
        Assert.Equal(before, (await KeysAsync()).Where(key => !key.StartsWith("gc/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Collect_SourceOfARun_StaysInWhateverGenerationItIs()
    {
        var store = await OpenAsync();
        await CollectAsync(new RetireRules());
        var source = SourceSnapshot.Of([new("a.cs", new byte[] { 1 })]).Encode();
        var manifest = Samples.Manifest(_time.GetUtcNow()) with { Snapshot = new SnapshotPlace(Hash256.Of(source), source.Length) };
        await using (var log = await RunLog.CreateAsync(new Racing(_objects, _time).Store, manifest, _time, default))
        {
            Assert.Equal(1, log.Manifest.Generation);
            await log.FinishAsync(Samples.End());
        }

        // Registered in generation 1, and then in 2.
        await CollectAsync(new RetireRules());
        store.Enter(await store.Generations.NewestAsync(default));
        await store.Artifacts.WriteAsync(new MemoryStream(source), default);
        await CollectAsync(new RetireRules());
        Assert.Equal(0, (await CollectAsync(new RetireRules())).Blobs);
        var read = await store.ReadAsync(manifest.Run, default);
        Assert.Equal("a.cs", Assert.Single((await Snapshots.ReadAsync(store, read.Manifest, default)).Files).Path);
    }

    [Fact]
    public async Task Collect_OpenRun_HoldsItsGenerationAndLater()
    {
        await CollectAsync(new RetireRules());
        var store = await OpenAsync();
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default);
        Assert.Equal(1, store.Artifacts.Generation);
        var unsaid = await BlobAsync(store, 7);
        var report = await CollectAsync(new RetireRules());
        Assert.Equal((2, 1, 0), (report.Generation, report.Barrier, report.Blobs));
        Assert.Equal([log.Run], report.HeldBy);
        log.Append(Success(0, unsaid));
        await log.FinishAsync(Samples.End());
        Assert.Equal([7], await ContentAsync(store, log.Run));
        Assert.Equal((3, 3, 0), await Numbers());
        async Task<(int, int, int)> Numbers()
        {
            var after = await CollectAsync(new RetireRules());
            return (after.Generation, after.Barrier, after.Blobs);
        }
    }

    [Fact]
    public async Task Heartbeat_WhileNothingRuns_MovesToTheNewestGenerationAndDeclaresIt()
    {
        var store = await OpenAsync();
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default);
        var runs = true;
        log.WhileNothingRuns = move => !runs && move();
        await CollectAsync(new RetireRules());
        _time.Advance(TimeSpan.FromSeconds(16));
        await UntilAsync(async () => await BeatAsync(log.Run) is { Counter: >= 2 });
        Assert.Equal(0, (await BeatAsync(log.Run))!.Generation);
        Assert.Equal(0, store.Artifacts.Generation);
        runs = false;
        _time.Advance(TimeSpan.FromSeconds(16));
        await UntilAsync(async () => await BeatAsync(log.Run) is { Generation: 1 });
        Assert.Equal(1, store.Artifacts.Generation);
        Assert.Equal(2, (await CollectAsync(new RetireRules())).Generation);
    }

    [Fact]
    public async Task Heartbeat_RunHasAParameterThatIsRetired_StaysWhereItIs()
    {
        var needed = await RunAsync(1);
        var store = await OpenAsync();
        await using var log = await RunLog.CreateAsync(store, Naming(needed), _time, default);
        log.WhileNothingRuns = move => move();
        await CollectAsync(new RetireRules { Named = [needed] });
        _time.Advance(TimeSpan.FromSeconds(16));
        await UntilAsync(async () => await BeatAsync(log.Run) is { Counter: >= 2 });
        Assert.Equal(0, (await BeatAsync(log.Run))!.Generation);
        Assert.Equal([1], await ContentAsync(store, needed));
    }

    [Fact]
    public async Task Collect_OpenRunWithoutASignOfLifeForADay_IsClosed()
    {
        var store = await OpenAsync();
        var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default);
        await log.DisposeAsync();
        _time.Advance(TimeSpan.FromHours(23));
        Assert.Empty((await CollectAsync(new RetireRules())).Closed);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal([log.Run], (await CollectAsync(new RetireRules())).Closed);
        Assert.Equal(RunStatus.Cancelled, (await store.ReadAsync(log.Run, default)).Status);
    }

    [Fact]
    public async Task Collect_ARunCannotBeRead_RemovesNothingAndNamesTheObject()
    {
        var (damaged, gone) = (await RunAsync(1), await RunAsync(2));
        var key = LogSlot.Key(damaged, 1);
        await _objects.PutAsync(key, new([1, 2, 3]));
        var blobs = (await KeysAsync()).Count(key => key.StartsWith("blobs/", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<FlowException>(() => CollectAsync(new RetireRules { Named = [gone] }));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was removed", error.Message, StringComparison.Ordinal);
        Assert.Equal(blobs, (await KeysAsync()).Count(key => key.StartsWith("blobs/", StringComparison.Ordinal)));
        // Who does not want it any more can say so.
        Assert.Equal(2, (await CollectAsync(new RetireRules { Named = [gone, damaged] })).Blobs);
    }

    [Fact]
    public async Task Collect_ANewerObject_RemovesNothing()
    {
        var (newer, gone) = (await RunAsync(1), await RunAsync(2));
        var bytes = (await _objects.GetAsync(LogSlot.Key(newer, 0)))!;
        bytes[4] = Envelope.Version + 1;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(^4..), System.IO.Hashing.Crc32.HashToUInt32(bytes.AsSpan(..^4)));
        await _objects.PutAsync(LogSlot.Key(newer, 0), new(bytes));
        Assert.Equal("FG1108", (await Assert.ThrowsAsync<FlowException>(() => CollectAsync(new RetireRules { Named = [gone] }))).Code);
    }

    [Fact]
    public async Task Collect_ByRules_TakesWhatEachLetsGo()
    {
        var runs = new List<RunKey>();
        for (var i = 0; i < 6; i++)
        {
            runs.Add(await RunAsync(10 + i));
            _time.Advance(TimeSpan.FromDays(10));
        }

        var store = await OpenAsync();
        await store.Tags.ChangeAsync(runs[0], ["champion"], [], default);
        await store.Tags.ChangeAsync(runs[1], ["other"], [], default);
        Assert.Equal(6, (await CollectAsync(new RetireRules { KeepTagged = true })).Kept);
        Assert.Equal(runs[..3], Sorted(await DryAsync(new RetireRules { KeepLast = 3 })));
        Assert.Equal(runs[..2], Sorted(await DryAsync(new RetireRules { OlderThan = TimeSpan.FromDays(45) })));
        Assert.Equal(runs[..1], Sorted(await DryAsync(new RetireRules { OlderThan = TimeSpan.FromDays(45), KeepLast = 5 })));
        Assert.Equal(runs[1..3], Sorted(await DryAsync(new RetireRules { KeepLast = 3, KeepTags = ["champion"] })));
        Assert.Empty(await DryAsync(new RetireRules { KeepLast = 3, Flows = ["another"] }));
        Assert.Equal(runs[2..3], Sorted((await CollectAsync(new RetireRules { KeepLast = 3, KeepTagged = true })).Retired));
        Assert.Equal(5, (await (await OpenAsync()).ListAsync(null, default).ToListAsync()).Count);

        IEnumerable<RunKey> Sorted(IEnumerable<RunKey> found) => found.OrderBy(run => run.Created);
        async Task<IEnumerable<RunKey>> DryAsync(RetireRules rules)
        {
            var before = await KeysAsync();
            var report = await CollectAsync(rules, isDry: true);
            Assert.Equal(before, await KeysAsync());
            return report.Retired;
        }
    }

    [Fact]
    public async Task Collect_RunThatIsAParameterOfOneThatStays_Stays()
    {
        var needed = await RunAsync(1);
        _time.Advance(TimeSpan.FromDays(1));
        var store = await OpenAsync();
        await using (var log = await RunLog.CreateAsync(store, Naming(needed), _time, default)) await log.FinishAsync(Samples.End());
        var report = await CollectAsync(new RetireRules { KeepLast = 1 });
        Assert.Equal([needed], report.Needed);
        Assert.Empty(report.Retired);
    }

    [Fact]
    public async Task Collect_TaggedWhileItBegins_KeepsTheRunOrTellsWhoTagsIt()
    {
        var run = await RunAsync(1);
        _time.Advance(TimeSpan.FromDays(2));
        var racing = new Racing(_objects, _time);
        racing.AfterGeneration = async number =>
        {
            // The collection has said that it may take the run, and has not asked for tags yet.
            if (number == 1) await (await OpenAsync()).Tags.ChangeAsync(run, ["late"], [], default);
        };
        Assert.Empty((await new Collector(racing.Store, _time).RunAsync(new RetireRules { OlderThan = TimeSpan.FromDays(1), KeepTagged = true }, isDry: false, default)).Retired);
        Assert.Contains(run, Generation.Read("", "", 1, (await _objects.GetAsync(Generations.Key(1)))!).Candidates);
        Assert.Empty(Generation.Read("", "", 2, (await _objects.GetAsync(Generations.Key(2)))!).Retired);
    }

    [Fact]
    public async Task Collect_LongRunsThatAreClosed_KeepFirstEpochsAndLastSlotOnly()
    {
        var store = await OpenAsync();
        var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default);
        log.Append(new DimensionSized(0, default, 400));
        for (var i = 0; i < 200; i++) await log.WhenCommittedAsync(log.Append(Samples.Success(1, i, [1])), default);
        await log.DisposeAsync();
        log = await RunLog.TakeOverAsync(store, log.Run, _time, default);
        for (var i = 200; i < 400; i++) await log.WhenCommittedAsync(log.Append(Samples.Success(1, i, [1])), default);
        await log.FinishAsync(Samples.End());
        var before = IndexedRun.Describe(await store.ReadAsync(log.Run, default));
        await CollectAsync(new RetireRules());
        Assert.Equal(403, (await _objects.ListAsync(log.Run.Prefix + "log/").ToListAsync()).Count); // somebody may be following it
        _time.Advance(TimeSpan.FromDays(2));
        await CollectAsync(new RetireRules());
        var slots = (await _objects.ListAsync(log.Run.Prefix + "log/").ToListAsync()).Select(slot => slot.Key);
        Assert.Equal([LogSlot.Key(log.Run, 0), LogSlot.Key(log.Run, 201), LogSlot.Key(log.Run, 402)], slots);
        Assert.Equal(before, IndexedRun.Describe(await store.ReadAsync(log.Run, default)));
        Assert.Empty(await _objects.ListAsync(log.Run.Prefix + "merged/").ToListAsync());
    }

    [Fact]
    public async Task Collect_LongRuns_GetWhatTheirDriversDidNotMake()
    {
        var store = await OpenAsync();
        var options = RunLogOptions.Default with { IndexSlots = int.MaxValue };
        var closed = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default, options);
        var open = await RunLog.CreateAsync(await OpenAsync(), Samples.Manifest(_time.GetUtcNow().AddSeconds(1)), _time, default, options);
        foreach (var log in new[] { closed, open })
        {
            log.Append(new DimensionSized(0, default, 300));
            for (var i = 0; i < 300; i++) await log.WhenCommittedAsync(log.Append(Samples.Success(1, i, [1])), default);
        }

        await closed.FinishAsync(Samples.End());
        await open.DisposeAsync();
        foreach (var key in (await KeysAsync()).Where(key => key.Contains("/merged/", StringComparison.Ordinal))) await _objects.DeleteAsync(key);
        await CollectAsync(new RetireRules());
        Assert.NotNull(await _objects.SizeAsync(IndexKeys.Header(closed.Run)));
        Assert.NotNull(await _objects.SizeAsync(new MergedRange(256, 0, 255).Key(open.Run)));
    }

    [Fact]
    public async Task Collect_SharedResultsAndTagsOfARetiredRun_GoWithIt()
    {
        var (gone, kept) = (await RunAsync(1), await RunAsync(2));
        var store = await OpenAsync();
        await store.Tags.ChangeAsync(gone, ["x"], [], default);
        await store.Tags.ChangeAsync(kept, ["x"], [], default);
        var key = Hash256.Of([1]);
        foreach (var run in new[] { gone, kept }) await _objects.PutIfAbsentAsync($"cache/{key}/{run.Id}-0123456789abcdef", new([1]));
        await CollectAsync(new RetireRules { Named = [gone] });
        Assert.Equal(kept.Id, Assert.Single(await _objects.ListAsync("cache/").ToListAsync()).Key.Split('/')[2][..18]);
        Assert.Equal([kept], await store.Tags.CandidatesAsync(null, "x", default).ToListAsync());
    }

    [Fact]
    public async Task MayReuseAsync_RetiredOrGone_IsFalseForWhoHasReadThatGeneration()
    {
        var (gone, kept) = (await RunAsync(1), await RunAsync(2));
        var (before, after) = (await OpenAsync(), await OpenAsync());
        await using var log = await RunLog.CreateAsync(before, Samples.Manifest(_time.GetUtcNow()), _time, default);
        await CollectAsync(new RetireRules { Named = [gone] });
        await using var later = await RunLog.CreateAsync(after, Samples.Manifest(_time.GetUtcNow().AddSeconds(1)), _time, default);
        Assert.True(await before.MayReuseAsync(gone, default));
        Assert.Equal([1], await ContentAsync(before, gone));
        Assert.False(await after.MayReuseAsync(gone, default));
        Assert.True(await after.MayReuseAsync(kept, default));
        Assert.False(await after.MayReuseAsync(RunKey.Create("sample", _time.GetUtcNow()), default));
    }

    [Fact]
    public async Task Usage_OfRunsThatShareContent_TellsWhatRemovingWouldFree()
    {
        var (first, second) = (await RunAsync(1), await RunAsync(1));
        var alone = await RunAsync(2);
        var store = await OpenAsync();
        await BlobAsync(store, 99);
        var usage = await StoreUsage.OfAsync(store, run => run != second, default);
        Assert.Equal(1, usage.Unneeded);
        Assert.Equal([alone, first], usage.Runs.Select(run => run.Run).OrderBy(run => run == first));
        var (of, own) = (usage.Runs.Single(run => run.Run == first), usage.Runs.Single(run => run.Run == alone));
        Assert.Equal((1, 0L, 2), (of.Blobs, of.OwnBytes, of.Objects));
        Assert.Equal(own.BlobBytes, own.OwnBytes);
        Assert.Equal((await KeysAsync()).Length, usage.Objects);
        var freed = await CollectAsync(new RetireRules { Named = [alone] });
        Assert.Equal(own.OwnBytes + usage.UnneededBytes, freed.BlobBytes);
    }

    [Fact]
    public async Task Check_EverythingDamagedOnce_IsToldAndRepairedWhereItCanBeMadeAgain()
    {
        var store = await OpenAsync();
        var run = await RunAsync(1);
        Assert.Empty(await new StoreCheck(store, repairs: false).RunAsync(default));
        foreach (var key in await KeysAsync())
        {
            var bytes = (await _objects.GetAsync(key))!;
            var damaged = (byte[])bytes.Clone();
            damaged[^6] ^= 1;
            await _objects.PutAsync(key, new(damaged));
            var problems = await new StoreCheck(store, repairs: false).RunAsync(default);
            Assert.Contains(problems, problem => problem.What.Contains($"'{key}'", StringComparison.Ordinal));
            var isBlob = key.StartsWith("blobs/", StringComparison.Ordinal);
            Assert.Equal(isBlob, (await new StoreCheck(store, repairs: true).RunAsync(default)).All(problem => problem.IsRepaired));
            Assert.Equal(isBlob, await _objects.SizeAsync(key) is null);
            if (isBlob) Assert.Contains(await new StoreCheck(store, repairs: true).RunAsync(default), problem => problem.Run == run && problem.Key == key);
            await _objects.PutAsync(key, new(bytes));
        }
    }

    private ValueTask<RunStore> OpenAsync() => RunStore.OpenAsync(_objects, forWriting: true, _time, default);

    private async Task<CollectReport> CollectAsync(RetireRules rules, bool isDry = false) => await new Collector(await OpenAsync(), _time).RunAsync(rules, isDry, default);

    /// <summary>A run with one blob of that content.</summary>
    private async Task<RunKey> RunAsync(byte content)
    {
        var store = await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()) with { Tags = [] }, _time, default);
        log.Append(Success(0, await BlobAsync(store, content)));
        await log.FinishAsync(Samples.End());
        return log.Run;
    }

    private Task<RunKey> RunAsync(int content) => RunAsync((byte)content);

    private static byte[] List(StoredValue blob)
    {
        var listed = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePack.MessagePackWriter(listed);
        StoredValueCodec.WriteMany(ref writer, [blob], new GroupPacks());
        writer.Flush();
        return listed.WrittenSpan.ToArray();
    }

    private RunManifest Naming(RunKey run)
    {
        var value = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePack.MessagePackWriter(value);
        writer.Write(run.ToString());
        writer.Flush();
        return Samples.Manifest(_time.GetUtcNow()) with { Tags = [], Parameters = [new RecordedParameter("rows", "Artifact<int>", value.WrittenSpan.ToArray())] };
    }

    private static ValueTask<StoredValue> BlobAsync(RunStore store, params byte[] content) => store.Artifacts.WriteAsync(new MemoryStream(content), default);

    private static TaskSucceeded Success(int step, StoredValue value) => new(new TaskAddress(step), 1, 7, DateTimeOffset.UnixEpoch, default, [value]);

    private static async Task<byte[]> ContentAsync(RunStore store, RunKey run) =>
        [.. System.Buffers.BuffersExtensions.ToArray(await store.Artifacts.ReadAsync((await store.ReadAsync(run, default)).Find(new TaskAddress(0))!.Outputs[0], default))];

    private async Task<string[]> KeysAsync() => [.. (await _objects.ListAsync("").ToListAsync()).Select(found => found.Key)];

    private async Task<Beat?> BeatAsync(RunKey run) => await _objects.GetAsync(Beat.Key(run)) is { } bytes ? Beat.Read("", "", bytes) : null;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Yield();
    }

    /// <summary>Lets something happen right after a generation was put.</summary>
    private sealed class Racing(IObjectStore inner, TimeProvider time) : IObjectStore
    {
        public Func<int, Task>? AfterGeneration { get; set; }

        public RunStore Store => SimulatedNetwork.Done(RunStore.OpenAsync(this, forWriting: false, time, default));

        public string Location => inner.Location;

        public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, System.Buffers.ReadOnlySequence<byte> content, CancellationToken cancel = default)
        {
            var outcome = await inner.PutIfAbsentAsync(key, content, cancel);
            if (key.StartsWith("gc/", StringComparison.Ordinal) && AfterGeneration is { } after) await after(int.Parse(key[3..], System.Globalization.CultureInfo.InvariantCulture));
            return outcome;
        }

        public ValueTask PutAsync(string key, System.Buffers.ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutAsync(key, content, cancel);
        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => inner.GetAsync(key, cancel);
        public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => inner.GetRangeAsync(key, offset, length, cancel);
        public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => inner.SizeAsync(key, cancel);
        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(prefix, after, cancel);
        public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(prefix, cancel);
        public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => inner.DeleteAsync(key, cancel);
        public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => inner.AgeAsync(key, cancel);
    }
}
