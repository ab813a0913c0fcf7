using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Flows that run other flows as steps.</summary>
public class SubFlowTests
{
    private static readonly ParameterParser<int> Number = ParameterParsers.Parsable<int>();

    /// <summary>Doubles the numbers from 0 to a limit and adds them up.</summary>
    private static FlowBuilder Doubling(Func<int, int>? change = null) => new FlowBuilder("doubling")
        .Parameter<int, Int32Codec>("limit", Number, 3)
        .Step("list", "limit", frame => frame.Set(0, Enumerable.Range(0, frame.Value<int>(0)).ToArray()), FlowBuilder.Ints("list"))
        .Step("twice", "each:list", frame => frame.Set(0, (change ?? (value => value * 2))(frame.Value<int>(0))), FlowBuilder.Int("twice"))
        .Step("sum", "all:twice", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("sum"))
        .Step("count", "all:twice", frame => frame.Set(0, frame.Gather<int>(0).Length), FlowBuilder.Int("count"));

    private static FlowBuilder Each(FlowBuilder inner, int width = 3) => new FlowBuilder()
        .Step("grid", "", frame => frame.Set(0, Enumerable.Range(1, width).ToArray()), FlowBuilder.Ints("grid"))
        .SubFlow("prepare", "each:grid", inner, "sum", frame => [frame.Value<int>(0)])
        .Step("total", "all:prepare", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("total"));

    [Fact]
    public async Task RunAsync_SubFlow_GivesItsOutputAndNamesItsTasks()
    {
        var run = new TestRun { MaxParallel = 1 };
        var (key, status) = await run.StartAsync(new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, 4), FlowBuilder.Int("load"))
            .SubFlow("prepare", "load", Doubling(), "sum", frame => [frame.Value<int>(0)])
            .Step("use", "prepare", frame => frame.Set(0, frame.Value<int>(0) + 1), FlowBuilder.Int("use")));

        Assert.Equal((RunStatus.Succeeded, 13), (status, await run.IntAsync(key, step: 2)));
        var state = await run.ReadAsync(key);
        Assert.Equal(
            ["load", "prepare", "prepare/list", "prepare/twice[0]", "prepare/twice[1]", "prepare/twice[2]", "prepare/twice[3]", "prepare/sum", "prepare/count", "use"],
            state.Tasks.Select(task => state.NameOf(task.Address)));
        Assert.All(state.Tasks, task => Assert.Equal(FlowTaskStatus.Succeeded, task.Status));
        Assert.Contains("done prepare/twice[3]", run.Observer.Events);
        Assert.Contains("sized prepare/list 4", run.Observer.Events);
        Assert.True(run.Observer.Events.ToList().IndexOf("done prepare/sum") < run.Observer.Events.ToList().IndexOf("done prepare"));
    }

    [Fact]
    public async Task RunAsync_SeveralOutputs_AreArtifactsUnderTheStepsName()
    {
        var run = new TestRun();
        var (key, _) = await run.StartAsync(new FlowBuilder()
            .SubFlow("prepare", "", Doubling(), "sum count")
            .Step("use", "prepare.sum prepare.count", frame => frame.Set(0, 100 * frame.Value<int>(0) + frame.Value<int>(1)), FlowBuilder.Int("use")));

        Assert.Equal(603, await run.IntAsync(key, step: 1));
    }

    [Fact]
    public async Task RunAsync_OutputOfASubFlow_IsStoredOnce()
    {
        var store = new FlowGen.Storage.InMemoryStore();
        var run = new TestRun { Store = store };
        var inner = new FlowBuilder("inner").Step("big", "", frame => frame.Set(0, Enumerable.Range(0, 3_000_000).ToArray()), FlowBuilder.Ints("big"));
        var (key, _) = await run.StartAsync(new FlowBuilder().SubFlow("load", "", inner, "big"));

        var state = await run.ReadAsync(key);
        var (made, taken) = (state.Tasks.Last().Outputs[0], state.Tasks.First().Outputs[0]);
        Assert.Equal(made.Hash, taken.Hash);
        Assert.True(made.IsBlob && taken.IsBlob);
    }

    [Fact]
    public async Task RunAsync_SubFlowInAForeach_HasTasksForEachItem()
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(Each(Doubling()));

        Assert.Equal((RunStatus.Succeeded, 0 + 2 + 6), (status, await run.IntAsync(key, step: 2)));
        var state = await run.ReadAsync(key);
        Assert.Equal(2, state.SubFlows[new TaskAddress(1, 1)].CountOf(1));
        Assert.Contains("prepare[2]/twice[2]", state.Tasks.Select(task => state.NameOf(task.Address)));
    }

    [Fact]
    public async Task RunAsync_SubFlowInASubFlow_NestsNamesAndRecords()
    {
        var outer = new FlowBuilder("outer").Parameter<int, Int32Codec>("limit", Number, 2)
            .SubFlow("inside", "limit", Doubling(), "sum", frame => [frame.Value<int>(0)])
            .Step("more", "inside", frame => frame.Set(0, frame.Value<int>(0) + 1), FlowBuilder.Int("more"));
        var run = new TestRun();
        var (key, status) = await run.StartAsync(new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, new[] { 2, 3 }), FlowBuilder.Ints("grid"))
            .SubFlow("prepare", "each:grid", outer, "more", frame => [frame.Value<int>(0)])
            .Step("total", "all:prepare", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("total")));

        Assert.Equal((RunStatus.Succeeded, 3 + 7), (status, await run.IntAsync(key, step: 2)));
        var state = await run.ReadAsync(key);
        Assert.Contains("prepare[1]/inside/twice[2]", state.Tasks.Select(task => state.NameOf(task.Address)));
        Assert.Contains(await run.RecordsAsync(key), record => record is InSubFlow { Record: InSubFlow { Record: TaskSucceeded } });
    }

    [Fact]
    public async Task RunAsync_SubFlowAsTheBodyOfALoop_RunsOnceAnIteration()
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(new FlowBuilder()
            .Step("seed", "", frame => frame.Set(0, 2), FlowBuilder.Int("seed"))
            .SubFlow("improve", "carry:seed", Doubling(), "sum", frame => [frame.Value<int>(0) + 1], loop: new LoopDefinition(10, false, 0, (_, value) => (int)value! < 30)));

        // 3 -> 6, 7 -> 42
        Assert.Equal(RunStatus.Succeeded, status);
        var state = await run.ReadAsync(key);
        Assert.Equal(2, state.TasksOf(1).Count());
        Assert.Contains("improve#1/twice[6]", state.Tasks.Select(task => state.NameOf(task.Address)));
    }

    [Fact]
    public async Task RunAsync_TaskInSubFlowFails_FailsItsTaskWithNameAndError()
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(Each(Doubling(value => value == 2 ? throw new IOException("no") : value)));

        Assert.Equal(RunStatus.Failed, status);
        var error = (await run.ReadAsync(key)).Find(new TaskAddress(1, 2))!.Error!;
        Assert.Equal(("System.IO.IOException", "prepare[2]/twice[2] failed: no"), (error.Type, error.Message));
        Assert.Equal("prepare[2] failed: prepare[2]/twice[2] failed: no", run.Observer.End!.Reason);
        Assert.Contains("blocked prepare[2]/sum+1 by prepare[2]/twice[2]", run.Observer.Events);
        Assert.Contains("blocked total+1 by prepare[2]", run.Observer.Events);
    }

    [Fact]
    public async Task RunAsync_FailedSubFlowThatIsTolerated_IsAnOutcome()
    {
        var run = new TestRun();
        var (key, status) = await run.StartAsync(new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, new[] { 1, 2, 3 }), FlowBuilder.Ints("grid"))
            .SubFlow("prepare", "each:grid", Doubling(value => value == 2 ? throw new IOException("no") : value), "sum", frame => [frame.Value<int>(0)])
            .Step("count", "outcome:all:prepare", frame => frame.Set(0, frame.Gather(0, InputWraps.Outcome<int>).Count(outcome => outcome.Succeeded)), FlowBuilder.Int("count")));

        Assert.Equal((RunStatus.Succeeded, 2), (status, await run.IntAsync(key, step: 2)));
    }

    [Fact]
    public async Task RunAsync_InvalidParameter_FailsTheTaskAndSaysWhich()
    {
        var inner = new FlowBuilder("inner").Parameter<int, Int32Codec>("limit", Number, 3).Step("use", "limit", frame => frame.Set(0, 1), FlowBuilder.Int("use"))
            .Changed(flow => flow with { Parameters = [new ParameterDefinition<int, Int32Codec> { Name = "limit", Property = "Limit", TypeName = "int", Parser = Number, Shareable = true, Check = value => value > 5 ? "must be at most 5" : null }] });
        var run = new TestRun();
        await run.StartAsync(new FlowBuilder().SubFlow("prepare", "", inner, "use", _ => [9]));

        Assert.Equal("prepare failed: Parameter inner.Limit: '9' must be at most 5.", run.Observer.End!.Reason);
    }

    [Fact]
    public async Task RunAsync_MethodReturnsNull_FailsTheTask()
    {
        var run = new TestRun();
        await run.StartAsync(new FlowBuilder().SubFlow("prepare", "", Doubling(), "sum").With(step => step with { Invoke = _ => default }));

        Assert.Equal("prepare failed: Step 'prepare' returned null; return a doubling with the parameters to run it with.", run.Observer.End!.Reason);
    }

    /// <summary>Each sub-flow needs both slots at the same time: they could not end if the tasks that they are took slots too.</summary>
    [Fact]
    public async Task RunAsync_ManySubFlows_TakeNoSlotsAndOnlySomeAreOpen()
    {
        var (open, most) = (0, 0);
        var inner = new FlowBuilder("inner")
            .Step("open", "", frame => { InterlockedMax(ref most, Interlocked.Increment(ref open)); frame.Set(0, 1); }, FlowBuilder.Int("open"))
            .Step("close", "open", frame => { Interlocked.Decrement(ref open); frame.Set(0, 1); }, FlowBuilder.Int("close"));
        var run = new TestRun { MaxParallel = 2, Observer = new RecordingObserver { IsForgetful = true } };
        var (key, status) = await run.StartAsync(new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, 500).ToArray()), FlowBuilder.Ints("grid"))
            .SubFlow("each", "each:grid", inner, "close")
            .Step("total", "all:each", frame => frame.Set(0, frame.Gather<int>(0).Length), FlowBuilder.Int("total"))).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((RunStatus.Succeeded, 500), (status, await run.IntAsync(key, step: 2)));
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task RunAsync_NestedSubFlows_AreNotDeadlockedByTheLimitOfOpenOnes()
    {
        var middle = new FlowBuilder("middle")
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(1, 20).ToArray()), FlowBuilder.Ints("grid"))
            .SubFlow("inside", "each:grid", Doubling(), "sum", frame => [frame.Value<int>(0) % 4])
            .Step("sum", "all:inside", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("sum"));
        var run = new TestRun { MaxParallel = 1, Observer = new RecordingObserver { IsForgetful = true } };
        var (_, status) = await run.StartAsync(new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, 20).ToArray()), FlowBuilder.Ints("grid"))
            .SubFlow("outside", "each:grid", middle, "sum")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RunStatus.Succeeded, status);
    }

    [Fact]
    public async Task RunAsync_StepsOfDifferentSubFlowsThatSayWhatTheyNeed_ShareWhatThereIs()
    {
        var (running, most) = (0, 0);
        var inner = new FlowBuilder("inner").Step("fit", "", async frame =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            frame.Set(0, 1);
        }, FlowBuilder.Int("fit")).With(step => step with { Resources = new ResourceDefinition { Cpu = 1 } });
        var run = new TestRun { MaxParallel = 8, Cpus = 1 };
        var (_, status) = await run.StartAsync(new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, 50).ToArray()), FlowBuilder.Ints("grid"))
            .SubFlow("each", "each:grid", inner, "fit"));

        Assert.Equal((RunStatus.Succeeded, 1), (status, most));
    }

    [Fact]
    public async Task RunAsync_FailFast_StopsOtherSubFlows()
    {
        var inner = new FlowBuilder("inner").Parameter<int, Int32Codec>("limit", Number, 3)
            .Step("first", "limit", _ => throw new IOException("no"), FlowBuilder.Int("first"))
            .Step("second", "first", frame => frame.Set(0, 1), FlowBuilder.Int("second"));
        var run = new TestRun { MaxParallel = 1, FailFast = true };
        var (key, status) = await run.StartAsync(new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Enumerable.Range(0, 30).ToArray()), FlowBuilder.Ints("grid"))
            .SubFlow("each", "each:grid", inner, "second", frame => [frame.Value<int>(0)])).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RunStatus.Failed, status);
        // Which of those that are open is first does not matter.
        var only = Assert.Single(run.Observer.Events, told => told.StartsWith("start ", StringComparison.Ordinal) && told.EndsWith("/first#1", StringComparison.Ordinal))["start ".Length..^"/first#1".Length];
        Assert.Equal($"{only} failed: {only}/first failed: no", run.Observer.End!.Reason);
        Assert.DoesNotContain((await run.ReadAsync(key)).Tasks, task => task.Status == FlowTaskStatus.Running);
    }

    [Fact]
    public async Task RunAsync_Stopped_LeavesARunThatGoesOnInsideTheSubFlow()
    {
        var gate = new TaskCompletionSource();
        FlowBuilder Build(bool waits) => new FlowBuilder().SubFlow("prepare", "", new FlowBuilder("inner")
            .Step("first", "", frame => frame.Set(0, 5), FlowBuilder.Int("first"))
            .Step("second", "first", async frame =>
            {
                if (waits) await Task.Delay(Timeout.Infinite, frame.CancellationToken);
                frame.Set(0, frame.Value<int>(0) + 1);
            }, FlowBuilder.Int("second")), "second");

        var first = new TestRun();
        var running = first.StartAsync(Build(waits: true));
        await first.Observer.Heard("start prepare/second#1");
        await first.Stop.CancelAsync();
        var (stopped, status) = await running;
        Assert.Equal(RunStatus.Cancelled, status);
        var second = new TestRun { Store = first.Store };
        var (resumed, again) = await second.StartAsync(Build(waits: false), stopped);

        Assert.Equal((RunStatus.Succeeded, 6), (again, await second.IntAsync(resumed, step: 0)));
        Assert.Equal(["reused prepare/first", "done prepare/second", "done prepare"], Ends(second));
    }

    [Fact]
    public async Task Resume_SubFlowWithOtherParameters_KeepsWhatDoesNotDependOnThem()
    {
        var (limit, broken) = (2, true);
        FlowBuilder Build() => new FlowBuilder().SubFlow("prepare", "", Doubling(value => broken && value == 1 ? throw new IOException("no") : value), "sum", _ => [limit]);
        var first = new TestRun();
        var (failed, _) = await first.StartAsync(Build());
        (limit, broken) = (3, false);
        var second = new TestRun { Store = first.Store };
        var (resumed, status) = await second.StartAsync(Build(), failed);

        Assert.Equal((RunStatus.Succeeded, 3), (status, await second.IntAsync(resumed, step: 0)));
        Assert.Equal(["reused prepare/twice[0]"], second.Observer.Events.Where(text => text.StartsWith("reused", StringComparison.Ordinal)));
    }

    /// <summary>The second run never comes to open the sub-flow, so what is finished of it is in the first one only.</summary>
    [Fact]
    public async Task Resume_OfAResumeThatNeverOpenedTheSubFlow_FindsWhatTheFirstRunFinished()
    {
        var state = "broken";
        FlowBuilder Build() => new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, state == "stopped" ? throw new IOException("away") : 3), FlowBuilder.Int("load")).With(step => state == "stopped" ? step with { Name = "load" } : step)
            .SubFlow("prepare", "load", Doubling(value => state == "broken" && value == 1 ? throw new IOException("no") : value), "sum", frame => [frame.Value<int>(0)]);
        var first = new TestRun();
        var (one, _) = await first.StartAsync(Build());
        state = "stopped";
        var second = new TestRun { Store = first.Store };
        second.Observer.Started = second.Stop.Cancel;
        var (two, _) = await second.StartAsync(Build(), one);
        state = "good";
        var third = new TestRun { Store = first.Store };
        var (_, status) = await third.StartAsync(Build(), two);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Contains("reused prepare/twice[0]", third.Observer.Events);
    }

    [Fact]
    public async Task RunAsync_LinesOfInnerTasks_AreStoredWithThem()
    {
        var run = new TestRun();
        var inner = new FlowBuilder("inner").Step("speak", "", frame => { Console.WriteLine("hello from " + frame.Context.TaskName); frame.Set(0, 1); }, FlowBuilder.Int("speak"));
        var (key, _) = await run.StartAsync(new FlowBuilder().SubFlow("prepare", "", inner, "speak"));

        Assert.Contains("line prepare/speak hello from prepare/speak", run.Observer.Events);
        Assert.Single((await run.ReadAsync(key)).SubFlows[new TaskAddress(0)].Logs);
    }

    private static string[] Ends(TestRun run) => [.. run.Observer.Events.Where(text => text.Split(' ')[0] is "reused" or "done" or "failed")];

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen;) seen = most;
    }
}
