using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Storage.Tests;

public class RunLogTests
{
    [Fact]
    public async Task FinishAsync_ShortRun_TakesTwoObjectsAndReadsBack()
    {
        using var folder = new TemporaryFolder();
        var store = await Samples.OpenAsync(new LocalFolderStore(folder.Path));
        var before = (await store.Objects.ListAsync("").ToListAsync()).Count;
        var manifest = Samples.Manifest();
        await using (var log = await RunLog.CreateAsync(store, manifest, TimeProvider.System, default))
        {
            log.Append(Samples.Success(0, -1, [1, 2, 3]));
            log.Append(new DimensionSized(0, default, 3));
            for (var i = 0; i < 3; i++) log.Append(Samples.Success(1, i, [(byte)i]));
            log.Append(Samples.Success(2, -1, [9]));
            await log.FinishAsync(Samples.End());
        }

        Assert.Equal(2, (await store.Objects.ListAsync("").ToListAsync()).Count - before);
        var state = await store.ReadAsync(await store.ResolveAsync("sample", "latest", default), default);
        Assert.Equal(RunStatus.Succeeded, state.Status);
        Assert.Equal(5, state.Tasks.Count());
        Assert.All(state.Tasks, t => Assert.Equal(FlowTaskStatus.Succeeded, t.Status));
        Assert.Equal([2], (await store.Artifacts.ReadAsync(state.Find(new TaskAddress(1, 2))!.Outputs[0], default)).ToArray2());
    }

    [Fact]
    public async Task Append_PackedValues_AreReadFromThePackOnceDurable()
    {
        using var folder = new TemporaryFolder();
        var store = await Samples.OpenAsync(new LocalFolderStore(folder.Path));
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), TimeProvider.System, default);
        var value = StoredValue.Of(Samples.Random(100_000));
        var sequence = log.Append(new TaskSucceeded(new(0), 1, 1, DateTimeOffset.UnixEpoch, default, [value]));
        Assert.NotNull(value.Bytes);
        await log.WhenCommittedAsync(sequence, default);
        Assert.Null(value.Bytes);
        Assert.Equal(Samples.Random(100_000), (await store.Artifacts.ReadAsync(value, default)).ToArray2());

        var read = (await store.ReadAsync(log.Run, default)).Find(new(0))!.Outputs[0];
        Assert.Equal(value.Hash, read.Hash);
        Assert.Equal(Samples.Random(100_000), (await store.Artifacts.ReadAsync(read, default)).ToArray2());
    }

    [Fact]
    public async Task TakeOverAsync_OpenRun_FencesTheFirstDriver()
    {
        var store = await Samples.OpenAsync(new InMemoryStore());
        await using var first = await RunLog.CreateAsync(store, Samples.Manifest(), TimeProvider.System, default);
        await first.WhenCommittedAsync(first.Append(Samples.Success(0, -1, [1])), default);
        await using var second = await RunLog.TakeOverAsync(store, first.Run, TimeProvider.System, default);
        Assert.Equal(FlowTaskStatus.Succeeded, second.Inherited!.Find(new(0))!.Status);

        var error = await Assert.ThrowsAsync<FlowException>(async () => await first.WhenCommittedAsync(first.Append(new DimensionSized(0, default, 2)), default));
        Assert.Equal("FG1112", error.Code);
        Assert.True(first.Lost.IsCancellationRequested);
        await second.FinishAsync(Samples.End(RunStatus.Cancelled));
        Assert.False((await store.ReadAsync(first.Run, default)).IsExpanded(1));
    }

    [Fact]
    public async Task DisposeAsync_StoreIsAway_DoesNotWaitForIt()
    {
        var time = new FakeTimeProvider(); // stands still, so a pause never ends
        var memory = new InMemoryStore(time);
        await Samples.OpenAsync(memory, time);
        var away = false;
        var store = await Samples.OpenAsync(new FaultyStore(memory, _ => away ? Fault.Unavailable : Fault.None), time);
        var log = await RunLog.CreateAsync(store, Samples.Manifest(time.GetUtcNow()), time, default);
        var told = new TaskCompletionSource();
        log.Notice = _ => told.TrySetResult();
        away = true;
        var waiting = log.WhenCommittedAsync(log.Append(new DimensionSized(0, default, 1)), default).AsTask();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await log.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<FlowException>(() => waiting);
        Assert.Equal(RunStatus.Interrupted, (await store.ReadAsync(log.Run, default)).Status);
    }

    [Fact]
    public async Task Append_StoreAwayForAWhile_IsWrittenInOrderAfterwards()
    {
        var memory = new InMemoryStore();
        await Samples.OpenAsync(memory);
        var store = await Samples.OpenAsync(new FaultyStore(memory, put => put is > 0 and < 6 ? Fault.Unavailable : Fault.None));
        List<string> notices = [];
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), new InstantTime(), default);
        log.Notice = notices.Add;
        log.Append(new DimensionSized(0, default, 2));
        log.Append(Samples.Success(1, 1, [1]));
        await log.FinishAsync(Samples.End());
        Assert.Equal(2, notices.Count);
        Assert.Equal(FlowTaskStatus.Succeeded, (await store.ReadAsync(log.Run, default)).Find(new(1, 1))!.Status);
    }

    [Fact]
    public async Task Append_StoreAwayForGood_IsLostWithItsCode()
    {
        var memory = new InMemoryStore();
        await Samples.OpenAsync(memory);
        var store = await Samples.OpenAsync(new FaultyStore(memory, put => put > 0 ? Fault.Unavailable : Fault.None));
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(), new InstantTime(), default);
        var error = await Assert.ThrowsAsync<FlowException>(async () => await log.FinishAsync(Samples.End()));
        Assert.Equal(("FG1110", 4), (error.Code, error.ExitCode));
        Assert.True(log.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Append_NobodyWaits_IsWrittenAfterTheFirstSecond()
    {
        var time = new FakeTimeProvider();
        var store = await Samples.OpenAsync(new InMemoryStore(time), time);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(time.GetUtcNow()), time, default);
        var committed = new TaskCompletionSource<long>();
        log.Committed = n => committed.TrySetResult(n);
        log.Append(Samples.Success(0, -1, [1]));
        time.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Single(await store.Objects.ListAsync(log.Run.Prefix).ToListAsync());
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, await committed.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}

internal static class SequenceExtensions
{
    public static byte[] ToArray2(this System.Buffers.ReadOnlySequence<byte> content) => System.Buffers.BuffersExtensions.ToArray(content);
}
