using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Executing.Remote;
using FlowGen.Runs;
using FlowGen.Storage;
using Runtime.Tests.Executing.Driving;

namespace Runtime.Tests.Executing.Remote;

public class RemoteTests
{
    private static readonly JobReport Lost = new(JobPhase.Lost, JobEnd.NodeLost, Reason: "node1 is gone", Place: "node1");

    private readonly InMemoryStore _store = new();

    /// <summary>Three items, a task for each elsewhere, and their sum in the driver.</summary>
    private static FlowBuilder Flow(Func<StepDefinition, StepDefinition>? change = null) => new FlowBuilder()
        .Step("grid", "", frame => frame.Set(0, new[] { 10, 20, 30 }), FlowBuilder.Ints("grid")).With(step => step with { Inline = true })
        .Step("fit", "each:grid", _ => throw new InvalidOperationException("ran in the driver"), FlowBuilder.Int("fit")).With(step => change?.Invoke(step) ?? step)
        .Step("sum", "all:fit", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("sum")).With(step => step with { Inline = true });

    [Fact]
    public async Task Job_LostWhileATaskRuns_ChargesOnlyThatTask()
    {
        var jobs = new ScriptedJobs(_store);
        var number = 0;
        jobs.Script = async job =>
        {
            switch (Interlocked.Increment(ref number))
            {
                case 1:
                    await job.BeginAsync(0);
                    job.End(Lost);
                    break;
                case 2: job.End(Lost); break;
                default: await job.SucceedAsync(); break;
            }
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var (key, status) = await run.StartAsync(Flow());

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(63, await run.IntAsync(key, step: 2));
        var records = await run.RecordsAsync(key);
        var charged = Assert.Single(records.OfType<AttemptFailed>());
        Assert.Equal((TaskErrorKind.System, TaskError.Lost), (charged.Error.Kind, charged.Error.Type));
        Assert.Contains("node1 is gone", charged.Error.Message, StringComparison.Ordinal);
        Assert.Contains("the last words", charged.Error.Stack, StringComparison.Ordinal);
        Assert.Equal(5, jobs.Started.Count);
        Assert.Equal(2, records.OfType<SliceEnded>().Count(ended => ended is { Reason: "node1 is gone", Place: "node1" }));
        CrashSuite.AssertOnce(records);
    }

    [Fact]
    public async Task Job_InNoListYet_IsWaitedFor()
    {
        var jobs = new ScriptedJobs(_store) { ListsBehind = 10 };
        jobs.Script = async job =>
        {
            while (jobs.ListsBehind > 0) await Task.Yield();
            await job.SucceedAsync();
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var (key, status) = await run.StartAsync(Flow());

        Assert.Equal((RunStatus.Succeeded, 3), (status, jobs.Started.Count));
        Assert.DoesNotContain(await run.RecordsAsync(key), record => record is SliceEnded { Reason: not null });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Job_ThatVanishes_IsSentAgain(bool hasAppeared)
    {
        var jobs = new ScriptedJobs(_store);
        var number = 0;
        jobs.Script = async job =>
        {
            if (Interlocked.Increment(ref number) > 1)
            {
                await job.SucceedAsync();
                return;
            }

            if (hasAppeared) await job.ProposeAsync();
            await jobs.StopAsync(job.Request.Run, [job.Request.Name], default);
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options with { Times = jobs.Options.Times with { Appear = TimeSpan.FromMilliseconds(hasAppeared ? int.MaxValue : 50) } } };
        var (_, status) = await run.StartAsync(Flow());

        Assert.Equal((RunStatus.Succeeded, 4), (status, jobs.Started.Count));
    }

    [Fact]
    public async Task Job_ThatProposedEverythingAndThenDied_IsTakenAtItsWord()
    {
        var jobs = new ScriptedJobs(_store);
        jobs.Script = async job =>
        {
            await job.ProposeAllAsync();
            job.End(Lost);
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var (key, status) = await run.StartAsync(Flow());

        Assert.Equal((RunStatus.Succeeded, 3), (status, jobs.Started.Count));
        Assert.DoesNotContain(await run.RecordsAsync(key), record => record is AttemptFailed);
    }

    [Fact]
    public async Task Job_OutOfMemory_AsksForMoreTheNextTime()
    {
        var jobs = new ScriptedJobs(_store);
        jobs.Script = async job =>
        {
            if (job.Request.Resources.Memory == 300)
            {
                await job.SucceedAsync();
                return;
            }

            await job.BeginAsync(0);
            job.End(new JobReport(JobPhase.Lost, JobEnd.OutOfMemory, Reason: "out of memory"));
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var (key, status) = await run.StartAsync(Flow(step => step with { Resources = new ResourceDefinition { Memory = 100, MemoryGrowth = 2, MemoryLimit = 300 } }));

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal([100, 100, 100, 200, 200, 200, 300, 300, 300], jobs.Started.Select(job => job.Resources.Memory).Order());
        Assert.All((await run.RecordsAsync(key)).OfType<AttemptFailed>(), failure => Assert.Equal(TaskError.OutOfMemory, failure.Error.Type));
    }

    [Fact]
    public async Task Job_ThatCannotStart_FailsItsTasksInTheEnginesWords()
    {
        var jobs = new ScriptedJobs(_store);
        jobs.Script = job =>
        {
            job.End(new JobReport(JobPhase.Lost, JobEnd.CannotStart, Reason: "there is no image 'nowhere'"));
            return Task.CompletedTask;
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var (_, status) = await run.StartAsync(Flow());

        Assert.Equal((RunStatus.Failed, 3), (status, jobs.Started.Count));
        Assert.Contains("there is no image 'nowhere'", run.Observer.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_AtItsTimeLimit_IsATimeoutOfTheStep()
    {
        var jobs = new ScriptedJobs(_store);
        jobs.Script = async job =>
        {
            Assert.Equal(TimeSpan.FromSeconds(1) + TimeSpan.FromMinutes(2), job.Request.TimeLimit);
            await job.BeginAsync(0);
            job.End(new JobReport(JobPhase.Lost, JobEnd.TimeLimit, Reason: "its time was up"));
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var (key, status) = await run.StartAsync(Flow(step => step with { Timeout = TimeSpan.FromSeconds(1) }));

        Assert.Equal(RunStatus.Failed, status);
        Assert.Equal([TaskErrorKind.Timeout, TaskErrorKind.Timeout, TaskErrorKind.Timeout], (await run.RecordsAsync(key)).OfType<TaskFailed>().Select(failed => failed.Error.Kind));
    }

    [Fact]
    public async Task Workers_TwoOfOneJob_TheFirstOutcomeStands()
    {
        var jobs = new ScriptedJobs(_store);
        jobs.Script = async job =>
        {
            var twin = new ScriptedJobs.Job(jobs, job.Request);
            await twin.BeginAsync(0);
            await job.ProposeAllAsync();
            await twin.ProposeAllAsync();
            job.End(new JobReport(JobPhase.Succeeded));
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var (key, status) = await run.StartAsync(Flow());

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(3, (await run.RecordsAsync(key)).OfType<TaskSucceeded>().Count(done => done.Task.Step == 1));
    }

    [Fact]
    public async Task Driver_Lost_TheNextOneAdoptsItsJobsAndStartsNoneTwice()
    {
        var jobs = new ScriptedJobs(_store);
        var goes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs.Script = async job =>
        {
            await job.BeginAsync(0);
            await goes.Task;
            await job.SucceedAsync();
        };
        var killed = new KillableStore(_store);
        var first = new TestRun { Store = killed, Remote = jobs.Options };
        var running = first.StartAsync(Flow());
        await first.Observer.Until(() => first.Observer.Events.Count(text => text.StartsWith("start fit", StringComparison.Ordinal)) == 3);
        killed.Kill();
        goes.SetResult();
        await Assert.ThrowsAnyAsync<FlowException>(() => running);
        var run = first.Observer.Manifest!.Run;

        var second = new TestRun { Store = _store, Remote = jobs.Options };
        Assert.Equal(RunStatus.Succeeded, await second.ContinueAsync(Flow(), run));

        Assert.Equal(3, jobs.Started.Count);
        Assert.Equal(63, await second.IntAsync(run, step: 2));
        var records = await second.RecordsAsync(run);
        CrashSuite.AssertOnce(records);
        Assert.All(records.OfType<TaskSucceeded>().Where(done => done.Task.Step == 1), done => Assert.Equal(1, done.Attempt));
        Assert.DoesNotContain(records, record => record is AttemptFailed);
    }

    [Fact]
    public async Task Driver_ThatDidNotComeToStartAJob_IsFollowedByOneThatSendsItsTasksAgainFreeOfCharge()
    {
        var jobs = new ScriptedJobs(_store);
        var killed = new KillableStore(_store);
        var first = new TestRun { Store = killed, Remote = jobs.Options with { Times = jobs.Options.Times with { Unreachable = TimeSpan.FromMinutes(5) } } };
        // It records what it sends, and the engine never hears of it.
        jobs.IsAway = true;
        var running = first.StartAsync(Flow());
        await first.Observer.Until(() => first.Observer.Notices.Any(text => text.Contains("does not answer", StringComparison.Ordinal)));
        killed.Kill();
        await Assert.ThrowsAnyAsync<FlowException>(() => running.WaitAsync(TimeSpan.FromSeconds(60)));
        jobs.IsAway = false;
        var run = first.Observer.Manifest!.Run;

        var second = new TestRun { Store = _store, Remote = jobs.Options };
        Assert.Equal(RunStatus.Succeeded, await second.ContinueAsync(Flow(), run));

        Assert.All(jobs.Started, job => Assert.StartsWith("1-", job.Arguments[3], StringComparison.Ordinal));
        Assert.DoesNotContain(await second.RecordsAsync(run), record => record is AttemptFailed);
    }

    [Fact]
    public async Task Engine_OutOfReachForTooLong_TheDriverStepsDown()
    {
        var jobs = new ScriptedJobs(_store) { IsAway = true };
        var first = new TestRun { Store = _store, Remote = jobs.Options };
        var (run, status) = await first.StartAsync(Flow());

        Assert.Equal(RunStatus.Interrupted, status);
        Assert.True((await first.ReadAsync(run)).IsReleased);
        jobs.IsAway = false;
        Assert.Equal(RunStatus.Succeeded, await new TestRun { Store = _store, Remote = jobs.Options }.ContinueAsync(Flow(), run));
    }

    [Fact]
    public async Task Stop_WhileJobsRun_EndsThem()
    {
        var jobs = new ScriptedJobs(_store) { Script = job => job.BeginAsync(0) };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var running = run.StartAsync(Flow());
        await run.Observer.Until(() => run.Observer.Events.Count(text => text.StartsWith("start fit", StringComparison.Ordinal)) == 3);

        await run.Stop.CancelAsync();

        Assert.Equal(RunStatus.Cancelled, (await running.WaitAsync(TimeSpan.FromSeconds(30))).Status);
        Assert.Equal(3, jobs.Stopped.Distinct().Count());
    }

    [Fact]
    public async Task Cancel_AskedOfTheDriver_StopsTheRun()
    {
        var jobs = new ScriptedJobs(_store) { Script = job => job.BeginAsync(0) };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var running = run.StartAsync(Flow());
        await run.Observer.Heard("started");

        await RunRequests.CancelAsync(_store, run.Observer.Manifest!.Run, "ann", DateTimeOffset.UtcNow, default);

        Assert.Equal(RunStatus.Cancelled, (await running.WaitAsync(TimeSpan.FromSeconds(60))).Status);
    }

    [Fact]
    public async Task Job_ThatNobodyKnows_IsStopped()
    {
        var jobs = new ScriptedJobs(_store);
        var goes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs.Script = async job =>
        {
            await goes.Task;
            await job.SucceedAsync();
        };
        var run = new TestRun { Store = _store, Remote = jobs.Options };
        var running = run.StartAsync(Flow());
        await run.Observer.Heard("started");
        await jobs.StartAsync([new JobRequest { Name = "stranger", Run = run.Observer.Manifest!.Run.ToString(), Flow = "test", Arguments = ["worker", "slice", "", "9-9"] }], default);
        while (!jobs.Stopped.Contains("stranger")) await Task.Delay(5);
        goes.SetResult();

        Assert.Equal(RunStatus.Succeeded, (await running).Status);
    }

    [Theory]
    [InlineData(20, 64, 0, 8), InlineData(6, 64, 0, 6), InlineData(1, 64, 0, 1), InlineData(1000, 0, 0, 0)]
    public void Sizes_OfAStepThatNobodyKnows_AreSmall(int waiting, int free, int live, int expectedJobs)
    {
        var sizes = new SliceSizes(TimeSpan.FromSeconds(30));
        var jobs = 0;
        while (waiting > 0 && sizes.Next("f", 0, waiting, free - jobs, live + jobs, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(5)) is > 0 and var size)
        {
            Assert.Equal(1, size);
            waiting -= size;
            jobs++;
            if (jobs == 64) break;
        }

        Assert.Equal(expectedJobs, jobs);
    }

    [Fact]
    public void Sizes_OfAStepThatIsKnown_HaveEnoughWork()
    {
        var sizes = new SliceSizes(TimeSpan.FromSeconds(30));
        sizes.Took("f", 0, TimeSpan.FromMilliseconds(100));

        Assert.Equal(300, Next(waiting: 1000, running: TimeSpan.Zero));
        Assert.Equal(40, Next(waiting: 40, running: TimeSpan.Zero));
        // One that runs for longer than any before says more than those.
        Assert.Equal(3, Next(waiting: 40, running: TimeSpan.FromSeconds(10)));

        int Next(int waiting, TimeSpan running) => sizes.Next("f", 0, waiting, 64, 3, running, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
