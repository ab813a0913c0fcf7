using CsCheck;
using FlowGen;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Runtime.Tests.Executing.Reuse;

/// <summary>What a resume would do, and why tasks ran afterwards.</summary>
public class PlanTests
{
    private static FlowBuilder Flow(bool broken = false, int scale = 1) => new FlowBuilder()
        .Parameter<int, Int32Codec>("trees", ParameterParsers.Parsable<int>(), 3)
        .Step("grid", "", frame => frame.Set(0, new[] { 1, 2, 3 }), FlowBuilder.Ints("grid"))
        .Step("fit", "each:grid trees", frame => frame.Set(0, broken && frame.Value<int>(0) == 2 ? throw new IOException("no luck") : frame.Value<int>(0) * scale), FlowBuilder.Int("fit")).With(ReuseTests.NoContext)
        .Step("best", "all:fit", frame => frame.Set(0, frame.Gather<int>(0).Max()), FlowBuilder.Int("best"))
        .Step("other", "", frame => frame.Set(0, 1), FlowBuilder.Int("other"));

    [Fact]
    public async Task Plan_AfterAnEdit_NamesTheStepWithItsReasonAndWhatDependsOnIt()
    {
        var (first, origin) = await ReuseTests.StartAsync(Flow());
        var text = await PlanAsync(first, Flow().Edited("fit"), origin);

        Assert.Equal($"""
            Resuming {origin} would do this:
              fit   runs 3 of 3  code changed: TestFlow.fit
              best  may run      if results of fit change
              reused: grid, other

            """, text);
    }

    [Fact]
    public async Task Plan_NothingChanged_SaysSo()
    {
        var (first, origin) = await ReuseTests.StartAsync(Flow());
        Assert.Equal($"""
            Resuming {origin} would do this:
              nothing runs: every result is there
              reused: grid, 3 fit, best, other

            """, await PlanAsync(first, Flow(), origin));
    }

    [Fact]
    public async Task Plan_FailedTask_NamesIt()
    {
        var (first, origin) = await ReuseTests.StartAsync(Flow(broken: true));
        Assert.Equal($"""
            Resuming {origin} would do this:
              fit   runs 1 of 3  it failed in {origin.Short}
              best  may run      if results of fit change
              reused: grid, 2 fit, other

            """, await PlanAsync(first, Flow(), origin));
    }

    [Fact]
    public async Task Plan_ParameterChangedAndForced_SaysBoth()
    {
        var (first, origin) = await ReuseTests.StartAsync(Flow());
        var run = new TestRun { Store = first.Store, Changes = { ["trees"] = 7 }, From = ["other"] };
        Assert.Equal($"""
            Resuming {origin} would do this:
              fit    runs 3 of 3  parameter trees: 3 -> 7
              best   may run      if results of fit change
              other  runs         it was asked for with --from
              reused: grid

            """, await PlanAsync(run, Flow(), origin));
    }

    [Fact]
    public async Task Plan_OfAnything_CallsNoStepAndWritesNothing()
    {
        var (first, origin) = await ReuseTests.StartAsync(Flow());
        var before = await KeysAsync(first.Store);
        await PlanAsync(first, new FlowBuilder().Step("grid", "", _ => Assert.Fail("it was called"), FlowBuilder.Ints("grid")).Edited("grid"), origin);
        Assert.Equal(before, await KeysAsync(first.Store));
    }

    /// <summary>What the plan says runs, runs; what it says is reused, is reused; what it says may run does either.</summary>
    [Fact]
    public async Task Plan_OfRandomEdits_IsWhatHappens() => await Gen.Int[0, int.MaxValue].SampleAsync(async seed =>
    {
        var random = new Random(seed);
        var program = new RandomProgram(seed);
        var versions = program.Steps.ToDictionary(step => step, _ => 0);
        var (first, origin) = await ReuseTests.StartAsync(program.Build(versions, random.Next(2) * random.Next(1, 12)));
        foreach (var step in program.Steps.Where(_ => random.Next(4) == 0)) versions[step] = random.Next(3);

        var (_, plan, _) = await ResumePlanner.PlanAsync(first.Request(program.Build(versions, failing: 0), origin), new RecordingObserver(), default);
        var second = await ReuseTests.ResumeAsync(first, origin, program.Build(versions, failing: 0));
        var done = await second.ReadAsync(second.Observer.Manifest!.Run);

        foreach (var planned in plan.Tasks.Where(task => task.Status == FlowTaskStatus.Reused)) Assert.Equal((seed, plan.NameOf(planned.Address), FlowTaskStatus.Reused), (seed, plan.NameOf(planned.Address), done.Find(planned.Address)!.Status));
        foreach (var planned in plan.Tasks.Where(task => task.Status == FlowTaskStatus.Failed)) Assert.Equal((seed, plan.NameOf(planned.Address), FlowTaskStatus.Succeeded), (seed, plan.NameOf(planned.Address), done.Find(planned.Address)!.Status));
    }, iter: 100);

    [Fact]
    public async Task Explain_TasksOfAResume_TellsWhyEachRanOrWasReused()
    {
        var (first, origin) = await ReuseTests.StartAsync(Flow(broken: true));
        var second = await ReuseTests.ResumeAsync(first, origin, Flow(scale: 10).Edited("fit", "more"));
        var run = await second.ReadAsync(second.Observer.Manifest!.Run);
        var store = await RunStore.OpenAsync(first.Store, forWriting: false, first.Time, default);
        var before = await first.ReadAsync(origin);
        var reasons = new TaskReasons(before, await CodeText.ReadAsync(store.Artifacts, before, default), run, await CodeText.ReadAsync(store.Artifacts, run, default));

        string Why(int step, int index = -1) => string.Join("; ", Explanation.Of(run, run.Find(new TaskAddress(step, index < 0 ? default : (TaskIndex)index))!, reasons).Why);
        Assert.StartsWith("same code, parameters and inputs: its key is ", Why(0), StringComparison.Ordinal);
        Assert.Equal("code changed: TestFlow.fit", Why(1, 0));
        Assert.Equal($"code changed: TestFlow.fit; it failed in {origin.Short}", Why(1, 1));
        Assert.Equal($"input fit changed; it did not finish in {origin.Short} (blocked)", Why(2));
        Assert.Equal($"was taken over from {origin}/grid", Explanation.Of(run, run.Find(new TaskAddress(0))!, reasons).What);

        var failed = Explanation.Of(before, before.Find(new TaskAddress(1, 1))!, null);
        Assert.Equal("it failed: IOException: no luck", string.Join("; ", failed.Why));
        var blocked = Explanation.Of(before, before.Find(new TaskAddress(2))!, null);
        Assert.Equal(("was blocked by fit[1]", "fit[1] failed: IOException: no luck"), (blocked.What, string.Join("; ", blocked.Why)));
        Assert.Equal("the run did not resume another", string.Join("; ", Explanation.Of(before, before.Find(new TaskAddress(1, 0))!, null).Why));
    }

    private static async Task<string> PlanAsync(TestRun run, FlowBuilder flow, RunKey origin)
    {
        var (store, plan, before) = await ResumePlanner.PlanAsync(run.Request(flow, origin), new RecordingObserver(), default);
        var output = new StringWriter { NewLine = "\n" };
        ResumePlanText.Write(output, await PlannedStep.AllAsync(store, plan, before, default), origin);
        return output.ToString();
    }

    private static async Task<List<string>> KeysAsync(IObjectStore store)
    {
        var keys = new List<string>();
        await foreach (var stored in store.ListAsync("")) keys.Add($"{stored.Key} {stored.Size}");
        return keys;
    }
}
