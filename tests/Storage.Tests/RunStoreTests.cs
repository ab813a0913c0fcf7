using System.Diagnostics;
using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Storage.Tests;

public class RunStoreTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly InMemoryStore _objects;

    public RunStoreTests() => _objects = new InMemoryStore(_time);

    private async Task<RunKey> RunAsync(RunStatus? end, string flow = "sample")
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var store = await Samples.OpenAsync(_objects, _time);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow(), flow), _time, default);
        if (end is { } status) await log.FinishAsync(Samples.End(status));
        return log.Run;
    }

    [Fact]
    public async Task ListAsync_RunsOfTwoFlows_NewestFirst()
    {
        var runs = new[] { await RunAsync(RunStatus.Succeeded), await RunAsync(RunStatus.Failed, "other"), await RunAsync(RunStatus.Succeeded) };
        var store = await Samples.OpenAsync(_objects, _time);
        Assert.Equal(runs.Reverse(), await store.ListAsync(null, default).ToListAsync());
        Assert.Equal([runs[2], runs[0]], await store.ListAsync("sample", default).ToListAsync());
        Assert.Empty(await store.ListAsync("Not A Flow", default).ToListAsync());
    }

    [Fact]
    public async Task ResolveAsync_AllWaysToNameARun_FindIt()
    {
        var (first, failed, last) = (await RunAsync(RunStatus.Succeeded), await RunAsync(RunStatus.Failed), await RunAsync(RunStatus.Succeeded));
        var other = await RunAsync(RunStatus.Succeeded, "other");
        var store = await Samples.OpenAsync(_objects, _time);
        Assert.Equal(last, await store.ResolveAsync("sample", "latest", default));
        Assert.Equal(other, await store.ResolveAsync(null, "latest", default));
        Assert.Equal(failed, await store.ResolveAsync("sample", "latest-failed", default));
        Assert.Equal(first, await store.ResolveAsync("sample", first.Short, default));
        Assert.Equal(first, await store.ResolveAsync("sample", first.Short.ToUpperInvariant(), default));
        Assert.Equal(first, await store.ResolveAsync(null, first.Short[..6], default));
        Assert.Equal(first, await store.ResolveAsync("sample", first.Id, default));
        Assert.Equal(other, await store.ResolveAsync("sample", other.ToString(), default));
    }

    [Theory]
    [InlineData("latest", "FG1205")]
    [InlineData("latest-failed", "FG1205")]
    [InlineData("zzzzzzzz", "FG1201")]
    [InlineData("", "FG1201")]
    public async Task ResolveAsync_EmptyStore_SaysSo(string name, string code)
    {
        var error = await Assert.ThrowsAsync<FlowException>(async () => await (await RunStore.OpenAsync(_objects, false, _time, default)).ResolveAsync("sample", name, default));
        Assert.Equal((code, 3), (error.Code, error.ExitCode));
    }

    [Fact]
    public async Task ResolveAsync_NearlyRight_NamesTheNearMiss()
    {
        var run = await RunAsync(RunStatus.Succeeded);
        var typo = run.Short[..7] + (run.Short[7] == 'z' ? 'y' : 'z');
        var store = await Samples.OpenAsync(_objects, _time);
        var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ResolveAsync("sample", typo, default));
        Assert.Equal(("FG1201", 3), (error.Code, error.ExitCode));
        Assert.Contains(run.Short, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResolveAsync_BeginningOfTwo_IsAmbiguous()
    {
        var runs = new[] { await RunAsync(RunStatus.Succeeded), await RunAsync(RunStatus.Succeeded) };
        var store = await Samples.OpenAsync(_objects, _time);
        var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ResolveAsync("sample", runs[0].Id[..4], default));
        Assert.Equal(("FG1202", 3), (error.Code, error.ExitCode));
        Assert.All(runs, run => Assert.Contains(run.Short, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_DriverInThisProcessLeft_IsInterruptedAtOnce()
    {
        var run = await RunAsync(end: null);
        var store = await Samples.OpenAsync(_objects, _time);
        Assert.Equal(RunStatus.Interrupted, (await store.ReadAsync(run, default)).Status);
        Assert.Equal(RunStatus.Interrupted, (await store.SummarizeAsync(run, default)).Status);
    }

    [Fact]
    public async Task ReadAsync_DriverInAnotherProcess_IsRunningUntilThatIsKilled()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", "600") { UseShellExecute = false })!;
        var driver = ThisMachine.Driver("memory") with { ProcessId = process.Id, ProcessStart = ThisMachine.StartOf(process.Id)!.Value };
        Assert.True(ThisMachine.IsRunning(driver));
        Assert.False(ThisMachine.IsRunning(driver with { ProcessStart = driver.ProcessStart - TimeSpan.TicksPerHour })); // an id is used again
        process.Kill();
        await process.WaitForExitAsync();
        Assert.False(ThisMachine.IsRunning(driver));
        Assert.Null(ThisMachine.IsRunning(driver with { Host = "elsewhere" }));
    }

    [Fact]
    public async Task ReadAsync_DriverBeats_IsRunningUntilAMinuteAfterTheLast()
    {
        var store = await Samples.OpenAsync(_objects, _time);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default);
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal(RunStatus.Running, (await store.ReadAsync(log.Run, default)).Status);
        }
        Assert.InRange((await _objects.AgeAsync(Beat.Key(log.Run)))!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await log.DisposeAsync();
        var beat = await _objects.GetAsync(Beat.Key(log.Run));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(beat, await _objects.GetAsync(Beat.Key(log.Run)));
    }

    [Fact]
    public async Task LivenessAsync_DriverElsewhere_GoesByItsLastSign()
    {
        var store = await Samples.OpenAsync(_objects, _time);
        var manifest = Samples.Manifest(_time.GetUtcNow());
        await using var log = await RunLog.CreateAsync(store, manifest, _time, default);
        await log.DisposeAsync();
        var elsewhere = ThisMachine.Driver("s3") with { Host = "elsewhere" };
        Assert.True((await store.LivenessAsync(log.Run, elsewhere, Guid.NewGuid(), 0, default)).IsAlive); // within its first minute it need not have beaten
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False((await store.LivenessAsync(log.Run, elsewhere, Guid.NewGuid(), 0, default)).IsAlive);
        await _objects.PutAsync(Beat.Key(log.Run), new Beat(0, 1, 0, elsewhere).Wrap());
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True((await store.LivenessAsync(log.Run, elsewhere, Guid.NewGuid(), 0, default)).IsAlive);
    }

    [Fact]
    public async Task CreateAsync_FirstSecond_NoBeat()
    {
        var store = await Samples.OpenAsync(_objects, _time);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default);
        _time.Advance(TimeSpan.FromMilliseconds(990));
        Assert.Null(await _objects.GetAsync(Beat.Key(log.Run)));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.NotNull(await _objects.GetAsync(Beat.Key(log.Run)));
    }

    [Fact]
    public async Task ClaimAsync_OpenRunWithoutDriver_IsClosedAndClaimedOnce()
    {
        var origin = await RunAsync(end: null);
        var store = await Samples.OpenAsync(_objects, _time);
        var successor = Samples.Manifest(_time.GetUtcNow());
        await store.ClaimAsync(origin, successor.Run, fork: false, default);
        var closed = await store.ReadAsync(origin, default);
        Assert.Equal(RunStatus.Cancelled, closed.Status);
        Assert.Contains(successor.Run.ToString(), closed.Reason, StringComparison.Ordinal);

        // The successor has a minute to register itself; while it lives, nobody else may resume; afterwards anybody may.
        await RefusedAsync();
        await using (var log = await RunLog.CreateAsync(store, successor, _time, default))
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await RefusedAsync();
            await store.ClaimAsync(origin, RunKey.Create("sample", _time.GetUtcNow()), fork: true, default);
        }
        Assert.Equal(2, (await _objects.ListAsync(origin.Prefix + "next/").ToListAsync()).Count);

        async Task RefusedAsync()
        {
            var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ClaimAsync(origin, RunKey.Create("sample", _time.GetUtcNow()), fork: false, default));
            Assert.Equal(("FG1206", 2), (error.Code, error.ExitCode));
            Assert.Contains(successor.Run.Short, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ClaimAsync_SuccessorKilledBeforeItRegistered_IsGivenToTheNext()
    {
        var origin = await RunAsync(RunStatus.Failed);
        var store = await Samples.OpenAsync(_objects, _time);
        var killed = RunKey.Create("sample", _time.GetUtcNow());
        await new RunClaims(store, ThisMachine.Driver("s3") with { ProcessStart = 1 }).ClaimAsync(origin, killed, fork: false, default);
        await store.ClaimAsync(origin, RunKey.Create("sample", _time.GetUtcNow()), fork: false, default);
        Assert.Equal(2, (await _objects.ListAsync(origin.Prefix + "next/").ToListAsync()).Count);
    }

    [Fact]
    public async Task ClaimAsync_ManyAtOnce_OneWins()
    {
        for (var round = 0; round < 50; round++)
        {
            var origin = await RunAsync(RunStatus.Failed);
            var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await Samples.OpenAsync(_objects, _time)));
            var won = await Task.WhenAll(stores.Select(store => Task.Run(async () =>
            {
                try
                {
                    await store.ClaimAsync(origin, RunKey.Create("sample", _time.GetUtcNow()), fork: false, default);
                    return 1;
                }
                catch (FlowException e) when (e.Code == RunErrors.Alive)
                {
                    return 0;
                }
            })));
            Assert.Equal(1, won.Sum());
        }
    }

    [Fact]
    public async Task ClaimAsync_DriverAlive_IsRefusedUnlessForked()
    {
        var store = await Samples.OpenAsync(_objects, _time);
        await using var log = await RunLog.CreateAsync(store, Samples.Manifest(_time.GetUtcNow()), _time, default);
        var error = await Assert.ThrowsAsync<FlowException>(async () => await store.ClaimAsync(log.Run, RunKey.Create("sample", _time.GetUtcNow()), fork: false, default));
        Assert.Equal("FG1206", error.Code);
        await store.ClaimAsync(log.Run, RunKey.Create("sample", _time.GetUtcNow()), fork: true, default);
        await log.FinishAsync(Samples.End()); // a fork leaves the origin to its driver
    }

    [Fact]
    public async Task OpenAsync_ForReading_WritesNothing()
    {
        using var folder = new TemporaryFolder();
        var store = await RunStore.OpenAsync(new LocalFolderStore(folder.Path), forWriting: false, TimeProvider.System, default);
        Assert.Empty(await store.ListAsync(null, default).ToListAsync());
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task OpenAsync_StoreThatOverwrites_IsRefused()
    {
        var error = await Assert.ThrowsAsync<FlowException>(async () => await Samples.OpenAsync(new OverwritingStore()));
        Assert.Equal(("FG1106", 4), (error.Code, error.ExitCode));
    }

    [Fact]
    public async Task OpenAsync_NewerLayout_IsRefused()
    {
        await _objects.PutIfAbsentAsync(StoreFormat.Key, (StoreFormat.New() with { Layout = 2 }).Wrap());
        var error = await Assert.ThrowsAsync<FlowException>(async () => await RunStore.OpenAsync(_objects, false, _time, default));
        Assert.Equal("FG1108", error.Code);
    }

    [Theory]
    [InlineData("s3://bucket/x", "FlowGen.S3")]
    [InlineData("gs://bucket", "gs")]
    [InlineData("", "empty")]
    public void Open_LocationNobodyKnows_SaysWhatToDo(string location, string part)
    {
        var error = Assert.Throws<FlowException>(() => ObjectStores.Open(location));
        Assert.Equal(("FG1101", 4), (error.Code, error.ExitCode));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderOrFileUrl_IsAFolder()
    {
        Assert.Equal(Path.GetFullPath(".flowgen"), ObjectStores.Open(".flowgen/").Location);
        if (!OperatingSystem.IsWindows()) Assert.Equal("/a b/c", ObjectStores.Open("file:///a%20b/c").Location);
    }

    /// <summary>As some S3 servers: the condition is ignored.</summary>
    private sealed class OverwritingStore : IObjectStore
    {
        private readonly InMemoryStore _inner = new();

        public string Location => "overwriting";

        public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, System.Buffers.ReadOnlySequence<byte> content, CancellationToken cancel = default)
        {
            await _inner.PutAsync(key, content, cancel);
            return PutOutcome.Stored;
        }

        public ValueTask PutAsync(string key, System.Buffers.ReadOnlySequence<byte> content, CancellationToken cancel = default) => _inner.PutAsync(key, content, cancel);
        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => _inner.GetAsync(key, cancel);
        public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => _inner.GetRangeAsync(key, offset, length, cancel);
        public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => _inner.SizeAsync(key, cancel);
        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => _inner.ListAsync(prefix, after, cancel);
        public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => _inner.ListFoldersAsync(prefix, cancel);
        public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => _inner.DeleteAsync(key, cancel);
        public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => _inner.AgeAsync(key, cancel);
    }
}
