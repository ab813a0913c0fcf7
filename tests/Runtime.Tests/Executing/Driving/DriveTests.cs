using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Driving;

public class DriveTests
{
    [Fact]
    public async Task Continue_RunThatIsClosed_KeepsItsStatusAndStartsNothing()
    {
        var calls = 0;
        FlowBuilder Flow() => new FlowBuilder().Step("fit", "", _ => { calls++; throw new IOException("no"); });
        var first = new TestRun();
        var (run, _) = await first.StartAsync(Flow());
        var before = (await first.RecordsAsync(run)).Count;

        Assert.Equal(RunStatus.Failed, await new TestRun { Store = first.Store }.ContinueAsync(Flow(), run));

        Assert.Equal(1, calls);
        Assert.Equal(before, (await first.RecordsAsync(run)).Count);
    }

    [Fact]
    public async Task Continue_FailuresAreRecorded_StandAndCount()
    {
        // 'bad' has failed for good, 'flaky' once of three times; the store dies as 'flaky' starts again, so that this is not recorded.
        var store = new KillableStore(new InMemoryStore());
        var calls = new List<string>();
        FlowBuilder Flow() => new FlowBuilder()
            .Step("bad", "", _ => { lock (calls) calls.Add("bad"); throw new IOException("no"); })
            .Step("flaky", "", frame =>
            {
                lock (calls) calls.Add($"flaky {frame.Context.Attempt}");
                if (frame.Context.Attempt == 2) store.Kill();
                throw new IOException("again");
            }, [], retry: new RetryPolicy(2, TimeSpan.FromHours(1)));
        var time = new WatchedTime();
        var first = new TestRun { Store = store, Time = time };
        var running = first.StartAsync(Flow());
        await time.AdvanceUntilAsync(Task.WhenAll(first.Observer.Heard("failed bad#1 User"), first.Observer.Heard("retry flaky#1 User")));
        time.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<FlowException>(() => time.AdvanceUntilAsync(running));
        calls.Clear();

        var second = new TestRun { Store = store.Inner, Time = time };
        var going = second.ContinueAsync(Flow(), first.Observer.Manifest!.Run);
        await time.AdvanceUntilAsync(second.Observer.Heard("retry flaky#2 User"));
        time.Advance(TimeSpan.FromHours(4));
        await time.AdvanceUntilAsync(going);

        Assert.Equal(RunStatus.Failed, await going);
        Assert.Equal(["flaky 2", "flaky 3"], calls.Order());
        Assert.Contains("failed bad#1 User", second.Observer.Events);
        CrashSuite.AssertOnce(await second.RecordsAsync(first.Observer.Manifest.Run));
    }

    [Fact]
    public async Task Continue_TaskThatTwoDriversWereLostIn_FailsInTheThird()
    {
        var starts = 0;
        var store = new KillableStore(new InMemoryStore());
        FlowBuilder Flow() => new FlowBuilder()
            .Step("good", "", frame => frame.Set(0, 1), FlowBuilder.Int("good"))
            .Step("deadly", "good", _ =>
            {
                starts++;
                store.Kill();
                throw new IOException("the end of the driver");
            });
        var run = await LeaveAsync(store, Flow());
        for (var driver = 1; driver < 3; driver++)
        {
            store = new KillableStore(store.Inner);
            await Assert.ThrowsAnyAsync<FlowException>(() => new TestRun { Store = store }.ContinueAsync(Flow(), run));
        }

        var last = new TestRun { Store = store.Inner };
        Assert.Equal(RunStatus.Failed, await last.ContinueAsync(Flow(), run));

        // The first driver does not record starts before they are.
        Assert.Equal(3, starts);
        var failed = (await last.ReadAsync(run)).Find(new TaskAddress(1))!;
        Assert.Equal((TaskErrorKind.System, TaskError.Lost), (failed.Error!.Kind, failed.Error.Type));
    }

    [Fact]
    public async Task Continue_RunThatWasHandedOver_GoesOnAtOnceAndChargesNobody()
    {
        var store = new KillableStore(new InMemoryStore());
        Func<StepFrame, ValueTask> body = _ =>
        {
            store.Kill();
            throw new IOException("the end of the driver");
        };
        FlowBuilder Flow() => new FlowBuilder().Step("slow", "", frame => body(frame), []);
        var run = await LeaveAsync(store, Flow());
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        body = async frame =>
        {
            entered.SetResult();
            await Task.Delay(-1, frame.CancellationToken);
        };

        // The second driver records the start.
        var second = new TestRun { Store = store.Inner };
        var running = second.ContinueAsync(Flow(), run);
        await entered.Task;
        await second.Release.CancelAsync();
        Assert.Equal(RunStatus.Interrupted, await running);
        var left = await second.ReadAsync(run);
        Assert.Equal((RunStatus.Interrupted, true, 1), (left.Status, left.IsReleased, left.Open[new TaskAddress(0)].Attempt));

        body = _ => default;
        var third = new TestRun { Store = store.Inner };
        Assert.Equal(RunStatus.Succeeded, await third.ContinueAsync(Flow(), run));
        Assert.Equal(2, (await third.ReadAsync(run)).Find(new TaskAddress(0))!.Attempts);
        Assert.DoesNotContain(await third.RecordsAsync(run), record => record is AttemptFailed);
    }

    [Fact]
    public async Task Continue_OtherFlow_IsRefusedBeforeTheRunChangesHands()
    {
        var store = new KillableStore(new InMemoryStore());
        var run = await LeaveAsync(store, new FlowBuilder().Step("fit", "", _ =>
        {
            store.Kill();
            throw new IOException();
        }, FlowBuilder.Int("fit")));
        var other = new TestRun { Store = store.Inner };
        var before = (await other.RecordsAsync(run)).Count;

        var error = await Assert.ThrowsAsync<FlowException>(() => other.ContinueAsync(new FlowBuilder().Step("train", "", frame => frame.Set(0, 1), FlowBuilder.Int("train")), run));

        Assert.Equal("FG1240", error.Code);
        Assert.Contains("has no step 'fit'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await other.RecordsAsync(run)).Count);
    }

    /// <summary>A run whose driver is lost.</summary>
    private static async Task<RunKey> LeaveAsync(IObjectStore store, FlowBuilder flow)
    {
        var run = new TestRun { Store = store };
        await Assert.ThrowsAnyAsync<FlowException>(() => run.StartAsync(flow));
        return run.Observer.Manifest!.Run;
    }
}
