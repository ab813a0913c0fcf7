using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Runs with sub-flows in a foreach, in a loop and in each other, killed at every put and resumed.</summary>
public class SubFlowCrashTests
{
    private static FlowBuilder Doubling() => new FlowBuilder("doubling")
        .Parameter<int, Int32Codec>("limit", ParameterParsers.Parsable<int>(), 3)
        .Step("list", "limit", frame => frame.Set(0, Enumerable.Range(0, frame.Value<int>(0)).ToArray()), FlowBuilder.Ints("list"))
        .Step("twice", "each:list", frame => frame.Set(0, frame.Value<int>(0) * 2), FlowBuilder.Int("twice"))
        .Step("big", "all:twice", frame => frame.Set(0, Enumerable.Repeat(frame.Gather<int>(0).Sum(), 3000).ToArray()), FlowBuilder.Ints("big"))
        .Step("sum", "big", frame => frame.Set(0, frame.Value<int[]>(0)[^1]), FlowBuilder.Int("sum"));

    private static FlowBuilder Flow() => new FlowBuilder()
        .Step("grid", "", frame => frame.Set(0, new[] { 1, 2, 3 }), FlowBuilder.Ints("grid"))
        .SubFlow("prepare", "each:grid", new FlowBuilder("outer").Parameter<int, Int32Codec>("limit", ParameterParsers.Parsable<int>(), 3)
            .SubFlow("inside", "limit", Doubling(), "sum big", frame => [frame.Value<int>(0)])
            .Step("more", "inside.sum", frame => frame.Set(0, frame.Value<int>(0) == 2 ? throw new IOException("no") : frame.Value<int>(0) + 1), FlowBuilder.Int("more")), "more inside.big", frame => [frame.Value<int>(0)])
        .Step("first", "min50:all:prepare.more", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("first"))
        .SubFlow("improve", "carry:first", Doubling(), "sum", frame => [Math.Min(frame.Value<int>(0), 4)], loop: new LoopDefinition(3, true, 0, (_, value) => (int)value! < 1000))
        .Step("end", "improve", frame => frame.Set(0, frame.Value<int>(0) + 1), FlowBuilder.Int("end"));

    [Fact]
    public async Task Resume_KilledAtEveryPut_EndsWithTheSameTasksAndArtifacts()
    {
        var undisturbed = new TestRun();
        var expected = await OwnTasksAsync(undisturbed, (await undisturbed.StartAsync(Flow())).Run);
        Assert.Equal(["failed", "succeeded"], expected.Values.Select(task => task.Split(' ')[0]).Distinct().Order());
        var crashes = await CrashSuite.RunAsync(Flow, OwnTasksAsync, expected);

        Assert.True(crashes > 10, $"only {crashes} crashes");
    }

    /// <summary>What is finished when the run is stopped is finished for good, inside of sub-flows too.</summary>
    [Theory]
    [InlineData("start prepare[1]/inside/list#1"), InlineData("start prepare[2]/inside/twice[1]#1"), InlineData("start prepare[0]/more#1"), InlineData("start first#1"), InlineData("start improve#0/sum#1"), InlineData("start improve#1/twice[2]#1")]
    public async Task Resume_StoppedInsideASubFlow_TakesOverWhatWasDone(string at)
    {
        var observer = new StoppingObserver(at);
        var first = new TestRun { Observer = observer, MaxParallel = 1 };
        observer.Stop = first.Stop;
        var (stopped, status) = await first.StartAsync(Flow());
        Assert.Equal(RunStatus.Cancelled, status);
        var done = await DoneAsync(first, stopped);

        var second = new TestRun { Store = first.Store };
        var (resumed, again) = await second.StartAsync(Flow(), stopped);

        Assert.Equal(RunStatus.Succeeded, again);
        var undisturbed = new TestRun();
        Assert.Equal(await OwnTasksAsync(undisturbed, (await undisturbed.StartAsync(Flow())).Run), await OwnTasksAsync(second, resumed));
        // What was given an error runs again, and what hangs on it; a sub-flow among that starts anew only if it is given something else.
        var started = second.Observer.Events.Where(text => text.StartsWith("start ", StringComparison.Ordinal)).Select(text => text[6..text.LastIndexOf('#')]).ToHashSet();
        Assert.DoesNotContain(done.Where(name => name is not "first" and not "improve#0" and not "improve#1" and not "improve#2" and not "end"), started.Contains);
    }

    private static async Task<List<string>> DoneAsync(TestRun run, RunKey key)
    {
        var state = await run.ReadAsync(key);
        return [.. state.Tasks.Where(task => task.HasSucceeded).Select(task => state.NameOf(task.Address))];
    }

    /// <summary>State and output of each task of the run's own flow: how much of a sub-flow is seen hangs on whether it was taken over as a whole.</summary>
    private static async Task<SortedDictionary<string, string>> OwnTasksAsync(TestRun run, RunKey key)
    {
        var state = await run.ReadAsync(key);
        return new SortedDictionary<string, string>(Enumerable.Range(0, state.Steps.Length).SelectMany(state.TasksOf).ToDictionary(
            task => state.NameOf(task.Address),
            task => $"{(task.HasSucceeded ? "succeeded" : task.Status.ToString().ToLowerInvariant())} {string.Join(",", task.Outputs.Select(output => output.Hash))}"));
    }
}
