using CsCheck;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

public class PolicyTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public void After_AnyChance_DoublesUpToTenMinutesWithAQuarterOfJitter() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0, 1], Gen.Int[1, 3600]).Sample((failed, chance, seconds) =>
        {
            var full = Math.Min(seconds * Math.Pow(2, failed - 1), Math.Max(600, 0));
            var delay = Backoff.After(new RetryPolicy(50, TimeSpan.FromSeconds(seconds)), failed, chance).TotalSeconds;
            Assert.InRange(delay, full * 0.7499, full * 1.2501);
        });

    [Fact]
    public async Task RunAsync_FailsTwice_WaitsLongerEachTimeAndSucceeds()
    {
        var run = new TestRun { Time = new WatchedTime() };
        var time = (WatchedTime)run.Time;
        var (attempts, inputs) = (new List<int>(), new List<int>());
        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, new[] { 1, 2 }), FlowBuilder.Ints("load"))
            .Step("flaky", "load", frame =>
            {
                attempts.Add(frame.Context.Attempt);
                inputs.Add(frame.Value<int[]>(0).Sum());
                Array.Clear(frame.Value<int[]>(0));
                if (frame.Context.Attempt < 3) throw new IOException("busy");
            }, [], retry: new RetryPolicy(2, TimeSpan.FromSeconds(100)));

        var running = run.StartAsync(flow);
        var first = await time.ArmedAsync(75, 125);
        Assert.Equal([1], attempts);
        time.Advance(first);
        var second = await time.ArmedAsync(150, 250);
        Assert.Equal([1, 2], attempts);
        time.Advance(second);
        var (key, status) = await running;

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal([1, 2, 3], attempts);
        Assert.Equal([3, 3, 3], inputs);
        Assert.Contains("retry flaky#1 User", run.Observer.Events);
        Assert.Contains("retry flaky#2 User", run.Observer.Events);
        var task = (await run.ReadAsync(key)).Find(new TaskAddress(1))!;
        Assert.Equal((FlowTaskStatus.Succeeded, 3), (task.Status, task.Attempts));
    }

    [Fact]
    public async Task RunAsync_StepIgnoresItsTimeout_IsAbandonedAndItsLateResultDiscarded()
    {
        var run = new TestRun { Time = new WatchedTime() };
        var time = (WatchedTime)run.Time;
        var (hangs, lateWrites) = (new TaskCompletionSource(), new TaskCompletionSource());
        var flow = new FlowBuilder()
            .Step("slow", "", async frame =>
            {
                Console.WriteLine("in time");
                await hangs.Task;
                Console.WriteLine("too late");
                frame.Set(0, 1);
            }, [FlowBuilder.Int("slow")], timeout: TenMinutes)
            .Step("other", "", async _ => await lateWrites.Task, []);

        var running = run.StartAsync(flow);
        await time.ArmedAsync(600, 600);
        await run.Observer.Heard("line slow in time");
        time.Advance(TenMinutes);
        await time.AdvanceUntilAsync(run.Observer.Heard("failed slow#1 Timeout"));
        await time.AdvanceUntilAsync(run.Observer.Until(() => run.Observer.Notices.Any(notice => notice.StartsWith("slow: attempt 1 was given up", StringComparison.Ordinal))));
        hangs.SetResult();
        lateWrites.SetResult();
        var (key, status) = await running;

        Assert.Equal(RunStatus.Failed, status);
        Assert.DoesNotContain("done slow", run.Observer.Events);
        Assert.DoesNotContain("line slow too late", run.Observer.Events);
        var task = (await run.ReadAsync(key)).Find(new TaskAddress(0))!;
        Assert.Equal((FlowTaskStatus.Failed, TaskErrorKind.Timeout), (task.Status, task.Error!.Kind));
    }

    [Fact]
    public async Task RunAsync_AbandonedAttempt_KeepsItsCoreUntilItReturns()
    {
        var run = new TestRun { Time = new WatchedTime(), MaxParallel = 1 };
        var time = (WatchedTime)run.Time;
        var hangs = new TaskCompletionSource();
        var flow = new FlowBuilder().Step("slow", "", async frame =>
        {
            if (frame.Context.Attempt == 1) await hangs.Task;
        }, [], retry: new RetryPolicy(1, TimeSpan.FromSeconds(30)), timeout: TenMinutes);

        var running = run.StartAsync(flow);
        await time.ArmedAsync(600, 600);
        time.Advance(TenMinutes);
        time.Advance(await time.ArmedAsync(20, 40));
        await time.AdvanceUntilAsync(run.Observer.Heard("retry slow#1 Timeout"));
        Assert.DoesNotContain("start slow#2", run.Observer.Events);
        hangs.SetResult();

        Assert.Equal(RunStatus.Succeeded, (await running).Status);
        Assert.Contains("start slow#2", run.Observer.Events);
    }

    [Fact]
    public async Task RunAsync_StepObeysItsTimeout_FailsWithoutANotice()
    {
        var run = new TestRun { Time = new WatchedTime() };
        var time = (WatchedTime)run.Time;
        var flow = new FlowBuilder().Step("slow", "", async frame =>
        {
            var cancelled = new TaskCompletionSource();
            await using var _ = frame.CancellationToken.Register(() => cancelled.SetCanceled(frame.CancellationToken));
            await cancelled.Task;
        }, [], timeout: TenMinutes);

        var running = run.StartAsync(flow);
        await time.ArmedAsync(600, 600);
        time.Advance(TenMinutes);

        Assert.Equal(RunStatus.Failed, (await running).Status);
        Assert.Equal(TaskErrorKind.Timeout, Assert.Single(run.Observer.Outcomes.OfType<TaskFailed>()).Error.Kind);
        Assert.Empty(run.Observer.Notices);
    }

    [Fact]
    public async Task RunAsync_LongTask_IsRecordedAsStarted()
    {
        var run = new TestRun { Time = new WatchedTime() };
        var time = (WatchedTime)run.Time;
        var (entered, goes) = (new TaskCompletionSource(), new TaskCompletionSource());
        var flow = new FlowBuilder().Step("slow", "", async _ =>
        {
            entered.SetResult();
            await goes.Task;
        }, []);

        var running = run.StartAsync(flow);
        await entered.Task;
        async Task Recorded()
        {
            while ((await run.ReadAsync(run.Observer.Manifest!.Run)).Find(new TaskAddress(0))!.Status != FlowTaskStatus.Running) await Task.Yield();
        }

        await time.AdvanceUntilAsync(Task.Run(Recorded));
        goes.SetResult();

        Assert.Equal(RunStatus.Succeeded, (await running).Status);
    }
}
