using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Which failures are tried again, and when.</summary>
public class RetryTests
{
    private static readonly RetryPolicy Five = new(5, TimeSpan.FromSeconds(100));
    private static readonly RetryPolicy OnlyIO = Five with { Retries = static e => e is IOException && e is not FileNotFoundException };

    [Theory]
    [InlineData(typeof(IOException), true)]
    [InlineData(typeof(EndOfStreamException), true)]
    [InlineData(typeof(FileNotFoundException), false)]
    [InlineData(typeof(InvalidOperationException), false)]
    [InlineData(typeof(PermanentFailureException), false)]
    [InlineData(typeof(RetryAfterException), true)]
    public void IsForGood_OfAnException_FollowsTheFilterAndTheStepsWord(Type type, bool isTriedAgain)
    {
        var exception = type == typeof(RetryAfterException) ? new RetryAfterException(TimeSpan.Zero) : (Exception)Activator.CreateInstance(type)!;

        Assert.Equal(!isTriedAgain, Retrying.IsForGood(OnlyIO, exception));
        Assert.Equal(type == typeof(PermanentFailureException), Retrying.IsForGood(Five, exception));
    }

    [Fact]
    public async Task RunAsync_ExceptionOutsideTheFilter_FailsAtOnce()
    {
        var run = await RunAsync(OnlyIO, () => throw new InvalidOperationException("no use"));

        Assert.Equal(1, Assert.Single(run.Observer.Outcomes.OfType<TaskFailed>()).Attempt);
    }

    [Fact]
    public async Task RunAsync_PermanentFailure_FailsAtOnce()
    {
        var run = await RunAsync(Five, () => throw new PermanentFailureException("wrong password"));

        var failed = Assert.Single(run.Observer.Outcomes.OfType<TaskFailed>());
        Assert.Equal((1, "wrong password"), (failed.Attempt, failed.Error.Message));
    }

    [Fact]
    public async Task RunAsync_FailureOfTheMachine_IsNoFaultOfTheStep()
    {
        var run = await RunAsync(null, () => throw new LostMachineException());

        Assert.Equal(TaskErrorKind.System, Assert.Single(run.Observer.Outcomes.OfType<TaskFailed>()).Error.Kind);
    }

    [Fact]
    public async Task RunAsync_RetryAfter_WaitsAsLongAsTheStepSays()
    {
        var time = new WatchedTime();
        var run = new TestRun { Time = time };
        var flow = new FlowBuilder().Step("busy", "", frame =>
        {
            if (frame.Context.Attempt == 1) throw new RetryAfterException(TimeSpan.FromSeconds(777), "come back later");
        }, [], retry: Five);

        var running = run.StartAsync(flow);
        time.Advance(await time.ArmedAsync(777, 777));
        var (key, status) = await running;

        Assert.Equal(RunStatus.Succeeded, status);
        var failure = Assert.Single((await run.RecordsAsync(key)).OfType<AttemptFailed>());
        Assert.Equal((TimeSpan.FromSeconds(777), "come back later"), (failure.RetryAfter, failure.Error.Message));
    }

    [Fact]
    public async Task RunAsync_RetryAfterWithoutRetry_Fails() => await RunAsync(null, () => throw new RetryAfterException(TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task RunAsync_TimeoutOutsideTheFilter_FailsAtOnce()
    {
        var time = new WatchedTime();
        var run = new TestRun { Time = time };
        var flow = new FlowBuilder().Step("slow", "", async frame => await Task.Delay(Timeout.Infinite, frame.CancellationToken), [], retry: OnlyIO, timeout: TimeSpan.FromMinutes(10));

        var running = run.StartAsync(flow);
        time.Advance(await time.ArmedAsync(600, 600));

        Assert.Equal(RunStatus.Failed, (await running).Status);
        var failed = Assert.Single(run.Observer.Outcomes.OfType<TaskFailed>());
        Assert.Equal((1, TaskErrorKind.Timeout), (failed.Attempt, failed.Error.Kind));
    }

    [Fact]
    public void After_LongWaits_EndAtThePolicysLongest() =>
        Assert.Equal(TimeSpan.FromHours(2), Backoff.After(Five with { MaxBackoff = TimeSpan.FromHours(2) }, 50, 0.5));

    private static async Task<TestRun> RunAsync(RetryPolicy? retry, Action body)
    {
        var run = new TestRun();
        var (_, status) = await run.StartAsync(new FlowBuilder().Step("bad", "", _ => body(), [], retry: retry));
        Assert.Equal(RunStatus.Failed, status);
        return run;
    }

    private sealed class LostMachineException : Exception, ISystemFailure;
}
