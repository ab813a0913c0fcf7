using FlowGen;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

public class StopTests
{
    private static FlowBuilder Flow(TaskCompletionSource entered, Func<CancellationToken, Task> body) => new FlowBuilder()
        .Step("first", "", frame => frame.Set(0, 7), FlowBuilder.Int("first"))
        .Step("slow", "first", async frame =>
        {
            entered.TrySetResult();
            await body(frame.CancellationToken);
            frame.Set(0, frame.Value<int>(0) * 2);
        }, FlowBuilder.Int("slow"))
        .Step("last", "slow", frame => frame.Set(0, frame.Value<int>(0) + 1), FlowBuilder.Int("last"));

    [Fact]
    public async Task Stop_StepObeys_LeavesARunThatResumeContinues()
    {
        var run = new TestRun();
        var entered = new TaskCompletionSource();
        var running = run.StartAsync(Flow(entered, cancel => Task.Delay(Timeout.Infinite, cancel)));
        await entered.Task;
        await run.Stop.CancelAsync();
        var (key, status) = await running;

        Assert.Equal(RunStatus.Cancelled, status);
        Assert.Equal("The run was stopped.", run.Observer.End!.Reason);
        var state = await run.ReadAsync(key);
        Assert.Equal([FlowTaskStatus.Succeeded, FlowTaskStatus.Cancelled, FlowTaskStatus.Pending], state.Tasks.Select(task => task.Status));

        var again = new TestRun { Store = run.Store };
        var (second, ended) = await again.StartAsync(Flow(entered, _ => Task.CompletedTask), resume: key);
        Assert.Equal(RunStatus.Succeeded, ended);
        Assert.Contains("reused first", again.Observer.Events);
        Assert.Contains("done slow", again.Observer.Events);
        Assert.Equal(15, await again.IntAsync(second, step: 2));
        Assert.Equal(key, again.Observer.Manifest!.Origin);
    }

    [Fact]
    public async Task Stop_StepIgnoresIt_EndsAfterTheGracePeriod()
    {
        var run = new TestRun { Time = new WatchedTime(), Grace = TimeSpan.FromSeconds(33) };
        var time = (WatchedTime)run.Time;
        var (entered, hangs) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = run.StartAsync(Flow(entered, _ => hangs.Task));
        await entered.Task;
        await run.Stop.CancelAsync();
        await time.ArmedAsync(33, 33);
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(33));

        Assert.Equal(RunStatus.Cancelled, (await running).Status);
        hangs.SetResult();
    }

    [Fact]
    public async Task Stop_StepEndsWithinTheGracePeriod_ItsResultCounts()
    {
        var run = new TestRun();
        var (entered, hangs) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = run.StartAsync(Flow(entered, _ => hangs.Task));
        await entered.Task;
        await run.Stop.CancelAsync();
        hangs.SetResult();
        var (key, status) = await running;

        Assert.Equal(RunStatus.Cancelled, status);
        Assert.Equal(FlowTaskStatus.Succeeded, (await run.ReadAsync(key)).Find(new TaskAddress(1))!.Status);
        Assert.DoesNotContain("start last#1", run.Observer.Events);
    }

    [Fact]
    public async Task Abort_StepIgnoresEverything_EndsAtOnceAndCanBeResumed()
    {
        var run = new TestRun { Time = new WatchedTime() };
        var (entered, hangs) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = run.StartAsync(Flow(entered, _ => hangs.Task));
        await entered.Task;
        await run.Stop.CancelAsync();
        await run.Abort.CancelAsync();
        var (key, status) = await running;
        Assert.Equal(RunStatus.Cancelled, status);

        var again = new TestRun { Store = run.Store };
        Assert.Equal(RunStatus.Succeeded, (await again.StartAsync(Flow(entered, _ => Task.CompletedTask), resume: key)).Status);
        hangs.SetResult();
    }

    [Fact]
    public async Task Stop_StepThrowsSomethingElse_IsItsFailure()
    {
        var run = new TestRun();
        var entered = new TaskCompletionSource();
        var running = run.StartAsync(Flow(entered, async cancel =>
        {
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            throw new InvalidDataException("half-written");
        }));
        await entered.Task;
        await run.Stop.CancelAsync();

        await running;
        Assert.Contains("failed slow#1 User", run.Observer.Events);
    }

    [Fact]
    public async Task Stop_BeforeAnythingStarts_EndsARunThatCanBeResumed()
    {
        var run = new TestRun();
        run.Observer.Started = run.Stop.Cancel;
        var (key, status) = await run.StartAsync(Flow(new(), _ => Task.CompletedTask));

        Assert.Equal(RunStatus.Cancelled, status);
        Assert.DoesNotContain(run.Observer.Events, text => text.StartsWith("start ", StringComparison.Ordinal));
        Assert.Equal(RunStatus.Succeeded, (await new TestRun { Store = run.Store }.StartAsync(Flow(new(), _ => Task.CompletedTask), key)).Status);
    }
}
