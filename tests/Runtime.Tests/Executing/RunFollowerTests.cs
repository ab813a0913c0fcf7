using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>A run that is followed while it goes on, by a clock that only the test moves.</summary>
public sealed class RunFollowerTests
{
    private readonly WatchedTime _time = new();
    private readonly InMemoryStore _objects;

    public RunFollowerTests() => _objects = new InMemoryStore(_time);

    private async Task<RunLog> StartAsync()
    {
        var store = await RunStore.OpenAsync(_objects, forWriting: true, _time, default);
        var flow = new FlowBuilder().Step("a", "", _ => { }).Build();
        var manifest = new RunManifest
        {
            Run = RunKey.Create("flow", _time.GetUtcNow()), Created = _time.GetUtcNow(), User = "ann", Host = "here", Graph = GraphDescription.Of(flow), RuntimeVersion = "10", FlowGenVersion = "0",
        };
        return await RunLog.CreateAsync(store, manifest, _time, default);
    }

    private async Task<(RunFollower Follower, RunFold Fold)> FollowerAsync(RunKey run)
    {
        var store = await RunStore.OpenAsync(_objects, forWriting: false, _time, default);
        var fold = await store.ReplayAsync(run, default);
        return (new RunFollower(store, run, fold, _time), fold);
    }

    [Fact]
    public async Task FollowAsync_NothingComes_WaitsLongerAndLonger()
    {
        await using var log = await StartAsync();
        var (follower, _) = await FollowerAsync(log.Run);
        var slots = follower.FollowAsync(default).GetAsyncEnumerator();
        var next = slots.MoveNextAsync().AsTask();

        foreach (var pause in new[] { 0.5, 0.75, 1.125, 1.6875, 2.53125, 3.796875, 5, 5 })
        {
            await _time.ArmedAsync(pause - 0.001, pause); // timers take whole milliseconds
            Assert.False(next.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(pause));
        }

        await _time.ArmedAsync(5, 5);
        await log.WhenCommittedAsync(log.Append(new TaskStarted(new TaskAddress(0), 1, 7, _time.GetUtcNow())), default).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await next);
        Assert.IsType<TaskStarted>(Assert.Single(Assert.Single(slots.Current).Records));

        // Something came, so the next poll is soon.
        next = slots.MoveNextAsync().AsTask();
        await _time.ArmedAsync(0.5, 0.5);
        await log.FinishAsync(new RunFinished(RunStatus.Succeeded, _time.GetUtcNow(), TimeSpan.Zero, null));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(await next);
        Assert.IsType<RunFinished>(slots.Current[^1].Records[^1]);
        Assert.False(await slots.MoveNextAsync());
        Assert.False(follower.IsAbandoned);
    }

    [Fact]
    public async Task FollowAsync_DriverIsGone_Ends()
    {
        var log = await StartAsync();
        await log.WhenCommittedAsync(log.Append(new TaskStarted(new TaskAddress(0), 1, 7, _time.GetUtcNow())), default);
        var (follower, fold) = await FollowerAsync(log.Run);
        await log.DisposeAsync();

        Assert.Empty(await follower.FollowAsync(default).ToListAsync(TestContext.Current.CancellationToken));
        Assert.True(follower.IsAbandoned);
        Assert.Null(fold.End);
    }

    [Fact]
    public async Task FollowAsync_RunIsOver_EndsAtOnce()
    {
        await using var log = await StartAsync();
        await log.FinishAsync(new RunFinished(RunStatus.Succeeded, _time.GetUtcNow(), TimeSpan.Zero, null));
        var (follower, _) = await FollowerAsync(log.Run);

        Assert.Empty(await follower.FollowAsync(default).ToListAsync(TestContext.Current.CancellationToken));
        Assert.False(follower.IsAbandoned);
    }
}
