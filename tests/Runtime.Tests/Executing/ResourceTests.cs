using CsCheck;
using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Executing.Policies;

namespace Runtime.Tests.Executing;

/// <summary>What steps say they need limits how many run at once; how often they may start, when.</summary>
public class ResourceTests
{
    private const long Gi = 1L << 30;

    [Theory]
    [InlineData(1.5, 0, 4, 8, 2)]
    [InlineData(0.5, 3, 4, 8, 2)]
    [InlineData(4, 8, 4, 8, 1)]
    [InlineData(1, 1, 100, 100, 6)]
    public async Task RunAsync_StepsThatSayWhatTheyNeed_NeverUseMoreThanThereIs(double cpu, int memory, int cpus, int all, int atMost)
    {
        var (running, most) = (0, 0);
        var full = new SemaphoreSlim(0);
        var run = new TestRun { MaxParallel = 6, Cpus = cpus, Memory = all * Gi };
        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, Enumerable.Range(0, 12).ToArray()), FlowBuilder.Ints("load"))
            .Step("fit", "each:load", async _ =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                // All that may run together do, or this would wait for ever.
                if (now == atMost) full.Release(12);
                await full.WaitAsync();
                Interlocked.Decrement(ref running);
            }, []).With(step => step with { Resources = new ResourceDefinition { Cpu = cpu, Memory = memory * Gi } });

        var (_, status) = await run.StartAsync(flow).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((RunStatus.Succeeded, atMost), (status, most));
    }

    [Fact]
    public async Task RunAsync_StepThatSaysNothing_IsNotHeldUpByOthers()
    {
        var free = new TaskCompletionSource();
        var flow = new FlowBuilder()
            .Step("big", "", async _ => await free.Task, []).With(step => step with { Resources = new ResourceDefinition { Cpu = 2 } })
            .Step("small", "", _ => free.SetResult());

        Assert.Equal(RunStatus.Succeeded, (await new TestRun { Cpus = 2, MaxParallel = 2 }.StartAsync(flow).WaitAsync(TimeSpan.FromMinutes(1))).Status);
    }

    [Theory]
    [InlineData(3, 0, "Step 'fit' needs 3 cores, but this run may use 2 cores. Run it with --with fit:cpu=2, or say with --flow-cpus that there is more.")]
    [InlineData(1, 9, "Step 'fit' needs 9Gi of memory, but this run may use 8Gi. Run it with --with fit:memory=8Gi, or say with --flow-memory that there is more.")]
    public async Task RunAsync_StepThatNeedsMoreThanThereIs_IsRefusedBeforeTheRunExists(double cpu, int memory, string message)
    {
        var run = new TestRun { Cpus = 2, Memory = 8 * Gi };
        var flow = new FlowBuilder().Step("fit", "", _ => { }).With(step => step with { Resources = new ResourceDefinition { Cpu = cpu, Memory = memory * Gi } });

        var error = await Assert.ThrowsAsync<FlowException>(() => run.StartAsync(flow));

        Assert.Equal(("FG1021", message, 2), (error.Code, error.Message, error.ExitCode));
        Assert.Null(run.Observer.Manifest);
    }

    [Fact]
    public async Task RunAsync_RateLimit_HoldsStartsUntilTheOldestIsAPeriodAgo()
    {
        var time = new WatchedTime();
        var run = new TestRun { Time = time, MaxParallel = 8 };
        var started = new System.Collections.Concurrent.ConcurrentQueue<TimeSpan>();
        var begin = time.GetUtcNow();
        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, Enumerable.Range(0, 5).ToArray()), FlowBuilder.Ints("load"))
            .Step("call", "each:load", _ => started.Enqueue(time.GetUtcNow() - begin)).With(step => step with { RateLimit = new RateLimitDefinition(2, TimeSpan.FromMinutes(1)) });

        var running = run.StartAsync(flow);
        foreach (var expected in new[] { 2, 4 })
        {
            var wait = await time.ArmedAsync(59, 60);
            await run.Observer.Until(() => run.Observer.Events.Count(e => e.StartsWith("start call", StringComparison.Ordinal)) == expected);
            time.Advance(wait);
        }

        Assert.Equal(RunStatus.Succeeded, (await running).Status);
        Assert.Equal([0, 0, 1, 1, 2], started.Select(at => (int)at.TotalMinutes).Order());
    }

    [Fact]
    public void Wait_OfAnyStarts_NeverLetsMoreThanTheLimitIntoAPeriod() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 50], Gen.Int[0, 40].Array[1, 60]).Sample((limit, period, gaps) =>
        {
            var time = new WatchedTime();
            var rate = new RateWindow(new RateLimitDefinition(limit, TimeSpan.FromSeconds(period)), time);
            var starts = new List<DateTimeOffset>();
            foreach (var gap in gaps)
            {
                time.Advance(TimeSpan.FromSeconds(gap));
                var wait = rate.Wait();
                time.Advance(wait);
                Assert.Equal(TimeSpan.Zero, rate.Wait());
                // It waits no longer than it must.
                if (wait > TimeSpan.Zero) Assert.Equal(TimeSpan.FromSeconds(period), time.GetUtcNow() - starts[^limit]);
                rate.Started();
                starts.Add(time.GetUtcNow());
                Assert.True(starts.Count(start => time.GetUtcNow() - start < TimeSpan.FromSeconds(period)) <= limit);
            }
        });

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value && Interlocked.CompareExchange(ref most, value, seen) != seen;) seen = Volatile.Read(ref most);
    }
}
