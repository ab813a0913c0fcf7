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
        // 'bad' has failed for good, 'flaky' once of three times.
        var flaky = 0;
        var calls = new List<string>();
        FlowBuilder Flow(TaskCompletionSource? hold = null) => new FlowBuilder()
            .Step("bad", "", _ => { lock (calls) calls.Add("bad"); throw new IOException("no"); })
            .Step("flaky", "", async frame =>
            {
                lock (calls) calls.Add($"flaky {frame.Context.Attempt}");
                if (++flaky == 1) throw new IOException("once");
                if (hold is not null) await hold.Task;
                throw new IOException("again");
            }, [], retry: new RetryPolicy(2, TimeSpan.FromMilliseconds(1)));
        var store = new KillableStore(new InMemoryStore());
        var first = new TestRun { Store = store };
        var held = new TaskCompletionSource();
        var running = first.StartAsync(Flow(held));
        await first.Observer.Heard("failed bad#1 User");
        await first.Observer.Heard("start flaky#2");
        store.Kill();
        held.SetResult();
        await Assert.ThrowsAsync<FlowException>(() => running);
        calls.Clear();

        var second = new TestRun { Store = store.Inner };
        Assert.Equal(RunStatus.Failed, await second.ContinueAsync(Flow(), first.Observer.Manifest!.Run));

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
