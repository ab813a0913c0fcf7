using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Reuse;

/// <summary>What of an earlier run stands for the tasks of one that resumes it: everything that was computed from the same, and nothing else.</summary>
public class ReuseTests
{
    private static FlowBuilder Flow(int[]? grid = null, int scale = 1, string edited = "")
    {
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, grid ?? [1, 2, 3]), FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", frame => frame.Set(0, frame.Value<int>(0) * scale), FlowBuilder.Int("fit")).With(NoContext)
            .Step("sign", "fit", frame => frame.Set(0, Math.Sign(frame.Value<int>(0))), FlowBuilder.Int("sign")).With(NoContext)
            .Step("best", "all:fit", frame => frame.Set(0, frame.Gather<int>(0).Max()), FlowBuilder.Int("best"))
            .Step("count", "all:sign", frame => frame.Set(0, frame.Gather<int>(0).Length), FlowBuilder.Int("count"));
        foreach (var step in edited.Split(' ', StringSplitOptions.RemoveEmptyEntries)) flow.Edited(step);
        return flow;
    }

    [Theory]
    [InlineData("grid", 1, "done grid")]
    [InlineData("fit", 1, "done fit[0], done fit[1], done fit[2]")]
    [InlineData("fit", 10, "done best, done fit[0], done fit[1], done fit[2], done sign[0], done sign[1], done sign[2]")]
    [InlineData("best", 1, "done best")]
    [InlineData("", 1, "")]
    public async Task Resume_AfterAnEdit_RunsThatStepAndWhatDependsOnChangedResults(string edited, int scale, string runs)
    {
        var (first, origin) = await StartAsync(Flow());
        var second = await ResumeAsync(first, origin, Flow(scale: scale, edited: edited));
        Assert.Equal(runs, Done(second));
    }

    [Fact]
    public async Task Resume_ItemInsertedInFront_KeepsTheOthers()
    {
        var (first, origin) = await StartAsync(Flow());
        var second = await ResumeAsync(first, origin, Flow([9, 1, 2, 3], edited: "grid"));
        Assert.Equal("done best, done count, done fit[0], done grid, done sign[0]", Done(second));
        Assert.Equal($"{origin}/fit[1]", (await second.ReadAsync(second.Observer.Manifest!.Run)).Find(new TaskAddress(1, 2))!.Origin);
    }

    [Fact]
    public async Task Resume_StepThatSeesItsIndex_RunsAgainWhereItMoved()
    {
        static FlowBuilder Build(params int[] grid) => Flow(grid, edited: grid.Length > 3 ? "grid" : "").Changed(flow => flow with { Steps = [.. flow.Steps.Select(step => step with { TakesContext = step.Name == "fit" })] });
        var (first, origin) = await StartAsync(Build(1, 2, 3));
        var second = await ResumeAsync(first, origin, Build(9, 1, 2, 3));
        Assert.Equal(4, Done(second).Split(", ").Count(text => text.StartsWith("done fit", StringComparison.Ordinal)));
    }

    /// <summary>Replicas of something random are equal in all that is known of them, and must stay as many as they were.</summary>
    [Fact]
    public async Task Resume_EqualItems_AreEachTakenOnce()
    {
        static FlowBuilder Build(int[] grid, string edited = "") => Flow(grid, edited: edited);
        var (first, origin) = await StartAsync(Build([5, 5]));
        var second = await ResumeAsync(first, origin, Build([7, 5, 5, 5], "grid"));
        var ran = Done(second).Split(", ").Where(text => text.StartsWith("done fit", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, ran.Count);
        Assert.Contains("done fit[0]", ran);
    }

    [Fact]
    public async Task Resume_EditTakenBack_FindsTheResultInTheRunBefore()
    {
        var (first, origin) = await StartAsync(Flow());
        var second = await ResumeAsync(first, origin, Flow(scale: 2, edited: "fit"));
        var third = await ResumeAsync(first, second.Observer.Manifest!.Run, Flow());
        Assert.Equal("", Done(third));
        Assert.Equal($"{origin}/fit[1]", (await third.ReadAsync(third.Observer.Manifest!.Run)).Find(new TaskAddress(1, 1))!.Origin);
    }

    [Fact]
    public async Task Resume_FromAStep_RunsItAndAllThatDependsOnIt()
    {
        var (first, origin) = await StartAsync(Flow());
        var second = new TestRun { Store = first.Store, From = ["sign"] };
        await second.StartAsync(Flow(), origin);
        Assert.Equal("done count, done sign[0], done sign[1], done sign[2]", Done(second));
        Assert.Equal(["sign"], (await second.ReadAsync(second.Observer.Manifest!.Run)).Manifest.Forced);

        var error = await Assert.ThrowsAsync<FlowException>(() => new TestRun { Store = first.Store, From = ["sing"] }.StartAsync(Flow(), origin));
        Assert.Equal(("FG1225", "Flow 'test' has no step 'sing' to run from; did you mean sign?"), (error.Code, error.Message));
    }

    [Fact]
    public async Task Resume_ParameterChanged_RunsTheStepsThatTakeIt()
    {
        static FlowBuilder Build() => new FlowBuilder()
            .Parameter<int, Int32Codec>("trees", ParameterParsers.Parsable<int>(), 3)
            .Parameter<int, Int32Codec>("depth", ParameterParsers.Parsable<int>(), 4)
            .Step("forest", "trees", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("forest"))
            .Step("root", "depth", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("root"))
            .Step("both", "forest root", frame => frame.Set(0, frame.Value<int>(0) + frame.Value<int>(1)), FlowBuilder.Int("both"))
            // What a step reads other than as an input, the build tells.
            .Step("hidden", "", frame => frame.Set(0, (int)((object?[])frame.Flow)[1]!), FlowBuilder.Int("hidden"))
            .Changed(flow => flow with { Code = flow.Code + "\nreads hidden depth" });

        var (first, origin) = await StartAsync(Build());
        var second = new TestRun { Store = first.Store, Changes = { ["depth"] = 5 } };
        var (run, _) = await second.StartAsync(Build(), origin);

        Assert.Equal("done both, done hidden, done root", Done(second));
        Assert.Equal((8, 5), (await second.IntAsync(run, step: 2), await second.IntAsync(run, step: 3)));

        // The value stays with the run.
        var third = await ResumeAsync(first, run, Build());
        Assert.Equal("", Done(third));
    }

    [Fact]
    public async Task Resume_ItemsOfAParameter_RunsTheNewOnes()
    {
        static FlowBuilder Build() => new FlowBuilder()
            .Parameter<int[], ArrayCodec<int, Int32Codec>>("sizes", ParameterParsers.Array(ParameterParsers.Parsable<int>()), [1, 2], shareable: false)
            .Step("fit", "each:sizes", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("fit")).With(NoContext)
            .Step("sum", "all:fit", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("sum"));

        var (first, origin) = await StartAsync(Build());
        var second = new TestRun { Store = first.Store, Changes = { ["sizes"] = new[] { 5, 1, 2 } } };
        await second.StartAsync(Build(), origin);

        Assert.Equal("done fit[0], done sum", Done(second));
    }

    [Theory]
    [InlineData("A", "1", "")]
    [InlineData("A", "2", "done use")]
    [InlineData("B", "1", "done use")]
    public async Task Resume_VariableOfTheStep_IsPartOfWhatItIsComputedFrom(string name, string value, string runs)
    {
        static FlowBuilder Build(string name, string value) => new FlowBuilder().Step("use", "", frame => frame.Set(0, 1), FlowBuilder.Int("use"))
            .With(step => step with { Environment = [new(name, value)] });
        var (first, origin) = await StartAsync(Build("A", "1"));
        Assert.Equal(runs, Done(await ResumeAsync(first, origin, Build(name, value))));
    }

    /// <summary>The same values at other indices are something else for a step that is given the indices, and nothing else for one that is not.</summary>
    [Fact]
    public async Task Resume_ItemsSkippedElsewhere_RunsTheStepThatSeesTheirIndices()
    {
        static FlowBuilder Build(params int[] grid) => new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, grid), FlowBuilder.Ints("grid"))
            .Step("kind", "each:grid", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("kind")).With(NoContext)
            .Decision("kind", 1)
            .Step("fit", "each:grid", frame => frame.Set(0, 7), [FlowBuilder.Int("fit")], when: "kind=1").With(NoContext)
            .Step("where", "indexed:all:fit", frame => frame.Set(0, frame.Gather(0, InputWraps.Indexed<int>)[0].Index[0]), FlowBuilder.Int("where")).With(NoContext)
            .Step("sum", "all:fit", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("sum")).With(NoContext)
            .Edited("grid", string.Join(",", grid));
        var (first, origin) = await StartAsync(Build(1, 2));
        var second = await ResumeAsync(first, origin, Build(2, 1));

        Assert.Equal("done grid, done where", Done(second));
        Assert.Equal(1, await second.IntAsync(second.Observer.Manifest!.Run, step: 3));
    }

    [Theory]
    [InlineData(true, 2, "")]
    [InlineData(true, 3, "done train")]
    [InlineData(false, 3, "")]
    public async Task Resume_SizeOfAGang_MattersToStepsThatCanSeeIt(bool takesContext, int size, string runs)
    {
        FlowBuilder Build(int size) => new FlowBuilder().Step("train", "", frame => frame.Set(0, 1), FlowBuilder.Int("train")).With(step => step with { Gang = size, TakesContext = takesContext });
        var (first, origin) = await StartAsync(Build(2));
        Assert.Equal(runs, Done(await ResumeAsync(first, origin, Build(size))));
    }

    [Theory]
    [InlineData("a,b", "")]
    [InlineData("a,c", "done read")]
    public async Task Resume_FileGivenAgain_RunsTheStepsThatTakeItIfItsContentChanged(string content, string runs)
    {
        var project = Directory.CreateTempSubdirectory("flowgen-reuse-");
        try
        {
            FlowBuilder Build() => new FlowBuilder().Parameter<InputFile, InputFileCodec>("rows", ParameterParsers.File, "rows.csv")
                .Step("read", "rows", frame => frame.Set(0, frame.Value<InputFile>(0).ReadAllText().Length), FlowBuilder.Int("read"))
                .Step("other", "", frame => frame.Set(0, 1), FlowBuilder.Int("other"));
            var rows = Path.Combine(project.FullName, "rows.csv");
            await File.WriteAllTextAsync(rows, "a,b");
            var first = new TestRun { ProjectDirectory = project.FullName };
            var (origin, _) = await first.StartAsync(Build());

            await File.WriteAllTextAsync(rows, content);
            var second = new TestRun { Store = first.Store, ProjectDirectory = project.FullName, Changes = { ["rows"] = (InputFile)"rows.csv" } };
            await second.StartAsync(Build(), origin);

            Assert.Equal(runs, Done(second));
        }
        finally
        {
            project.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Resume_PoliciesChanged_RunsNothing()
    {
        var (first, origin) = await StartAsync(Flow());
        var second = await ResumeAsync(first, origin, Flow().Changed(flow => flow with
        {
            Steps = [.. flow.Steps.Select(step => step with { Retry = new RetryPolicy(3, TimeSpan.FromSeconds(1)), Timeout = TimeSpan.FromMinutes(5), MaxParallel = 2, Durable = true })],
        }));
        Assert.Equal("", Done(second));
    }

    /// <summary>With a limit of one start a day, which a task that is reused does not use up.</summary>
    [Fact]
    public async Task Resume_RateLimit_CountsOnlyWhatRuns()
    {
        var (first, origin) = await StartAsync(Flow());
        var second = await ResumeAsync(first, origin, Flow().Changed(flow => flow with { Steps = [.. flow.Steps.Select(step => step with { RateLimit = new RateLimitDefinition(1, TimeSpan.FromDays(1)) })] }));
        Assert.Equal("", Done(second));
        Assert.Equal(RunStatus.Succeeded, second.Observer.End!.Status);
    }

    [Fact]
    public async Task Resume_CodeThatNobodyDescribed_RunsAgain()
    {
        static FlowBuilder Build() => Flow().Changed(flow => flow with { Code = null });
        var (first, origin) = await StartAsync(Build());
        var second = await ResumeAsync(first, origin, Build());
        Assert.DoesNotContain(second.Observer.Events, text => text.StartsWith("reused", StringComparison.Ordinal));
        Assert.All((await first.ReadAsync(origin)).Tasks, task => Assert.Null(task.Key));
    }

    [Fact]
    public async Task Run_Keys_AreWhatTheyWere()
    {
        var (first, origin) = await StartAsync(Flow());
        var state = await first.ReadAsync(origin);
        // Who changes how keys are made raises TaskKeys.Format: results of before are then made again.
        Assert.Equal(
            "grid adb7627c8f6cdd2f; fit[0] ebec255aa3994a5f; fit[1] 73e12bff950c49d1; fit[2] 4747c0167f685d9f; sign[0] 6e5240beef4100f5; sign[1] 9ecec6428c363d93; sign[2] 95897961f0074346; best 70ec6c20ff4f7fda; count cde215ed7c8d658d",
            string.Join("; ", state.Tasks.Select(task => $"{state.NameOf(task.Address)} {task.Key.ToString()![..16]}")));
    }

    [Fact]
    public async Task Run_SameCode_IsStoredOnce()
    {
        // Too long for a record.
        static FlowBuilder Build() => Flow().Changed(flow => flow with { Code = flow.Code + "\n" + string.Join("\n", Enumerable.Range(0, 200).Select(i => $"part type {i:d32} Some.Type{i}")) });
        var (first, origin) = await StartAsync(Build());
        var blobs = await CountAsync(first.Store);
        var second = await ResumeAsync(first, origin, Build());

        Assert.Equal(blobs, await CountAsync(first.Store));
        Assert.Equal("", Done(second));
        var (one, other) = (await first.ReadAsync(origin), await second.ReadAsync(second.Observer.Manifest!.Run));
        Assert.True(one.Code!.IsBlob);
        Assert.Equal(one.Code.Hash, other.Code!.Hash);
    }

    [Fact]
    public async Task Resume_OriginThatIsGone_NeedsItNoMore()
    {
        var (first, origin) = await StartAsync(Flow());
        var second = await ResumeAsync(first, origin, Flow());
        await foreach (var stored in first.Store.ListAsync(origin.Prefix)) await first.Store.DeleteAsync(stored.Key);

        var third = await ResumeAsync(first, second.Observer.Manifest!.Run, Flow(edited: "sign"));

        Assert.Equal("done sign[0], done sign[1], done sign[2]", Done(third));
    }

    internal static StepDefinition NoContext(StepDefinition step) => step with { TakesContext = false };

    internal static async Task<(TestRun Run, RunKey Key)> StartAsync(FlowBuilder flow)
    {
        var run = new TestRun();
        return (run, (await run.StartAsync(flow)).Run);
    }

    internal static async Task<TestRun> ResumeAsync(TestRun first, RunKey origin, FlowBuilder flow)
    {
        var run = new TestRun { Store = first.Store };
        await run.StartAsync(flow, origin);
        return run;
    }

    private static string Done(TestRun run) => string.Join(", ", run.Observer.Events.Where(text => text.StartsWith("done ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private static async Task<int> CountAsync(IObjectStore store)
    {
        var count = 0;
        await foreach (var _ in store.ListAsync("blobs/")) count++;
        return count;
    }
}
