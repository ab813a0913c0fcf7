using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Runs with several dimensions, choices, loops and tolerated failures, killed, stopped or changed, and resumed.</summary>
public class LanguageResumeTests
{
    /// <summary>A nested foreach, a choice in it, a loop in it, a failure that a gather tolerates, a lost collection, and a choice at the end.</summary>
    private static FlowBuilder Flow(int max = 100) => new FlowBuilder()
        .Step("days", "", frame => frame.Set(0, new[] { 0, 1, 2 }), FlowBuilder.Ints("days"))
        .Step("hours", "each:days", frame => frame.Set(0, frame.Value<int>(0) == 1 ? throw new IOException("no hours") : Enumerable.Range(0, 3).ToArray()), FlowBuilder.Ints("hours"))
        .Step("score", "each:hours", frame => frame.Set(0, frame.Context.Index is [2, 1] ? throw new IOException("no score") : 10 * frame.Context.Index[0] + frame.Value<int>(0)), FlowBuilder.Int("score"))
        .Step("odd", "score", frame => frame.Set(0, frame.Value<int>(0) % 2 == 1), FlowBuilder.Bool("odd"))
        .Step("big", "score", frame => frame.Set(0, Enumerable.Repeat(frame.Value<int>(0), 3000).ToArray()), [FlowBuilder.Ints("big")], when: "odd=true")
        .Loop("grow", "carry:score", (value, item) => value + item + 1, max, value => value < 6)
        .Step("daily", "outcome:all:grow@hours min0:all:big@hours each:days", frame =>
            frame.Set(0, frame.Gather(0, InputWraps.Outcome<int>).Sum(outcome => outcome.Succeeded ? outcome.Value : -1) + frame.Gather<int[]>(1).Sum(values => values.Length)), FlowBuilder.Int("daily"))
        .Step("sum", "min50:all:daily", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("sum"))
        .Decision("sum", 1)
        .Step("one", "", frame => frame.Set(0, 1), [FlowBuilder.Int("one")], when: "sum=1")
        .Step("more", "sum", frame => frame.Set(0, frame.Value<int>(0)), [FlowBuilder.Int("more")], when: "sum=_")
        .Step("end", "oneof:one|more optional:one", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("end"));

    [Fact]
    public async Task Resume_KilledAtEveryPut_EndsWithTheSameTasksAndArtifacts()
    {
        var undisturbed = new TestRun();
        var expected = await TasksAsync(undisturbed, (await undisturbed.StartAsync(Flow())).Run);
        Assert.Equal(["blocked", "failed", "skipped", "succeeded"], expected.Values.Select(task => task.Split(' ')[0]).Distinct().Order());
        var crashes = await CrashSuite.RunAsync(() => Flow(), TasksAsync, expected);

        Assert.True(crashes > 10, $"only {crashes} crashes");
    }

    /// <summary>Stopped when a task begins: by then some of what comes before is done, and how much differs.</summary>
    [Theory]
    [InlineData("start days#1"), InlineData("start hours[2]#1"), InlineData("start score[0,1]#1"), InlineData("start odd[0,2]#1"), InlineData("start big[0,1]#1"), InlineData("start grow[0,0]#0#1")]
    [InlineData("start grow[0,0]#3#1"), InlineData("start grow[2,2]#0#1"), InlineData("start daily[0]#1"), InlineData("start sum#1"), InlineData("start more#1")]
    public async Task Resume_StoppedAtAnyStep_EndsWithTheSameTasksAndArtifacts(string at)
    {
        var undisturbed = new TestRun();
        var expected = await TasksAsync(undisturbed, (await undisturbed.StartAsync(Flow())).Run);
        var observer = new StoppingObserver(at);
        var first = new TestRun { Observer = observer, MaxParallel = 1 };
        observer.Stop = first.Stop;
        var (stopped, status) = await first.StartAsync(Flow());
        Assert.Equal(RunStatus.Cancelled, status);

        var second = new TestRun { Store = first.Store };
        var (resumed, again) = await second.StartAsync(Flow(), stopped);

        Assert.Equal(RunStatus.Succeeded, again);
        Assert.Equal(expected, await TasksAsync(second, resumed));
        // What was done and not given an error is not done again.
        var done = first.Observer.Events.Where(text => text.StartsWith("done ", StringComparison.Ordinal)).Select(text => text[5..]).Where(name => name is not ("sum" or "more" or "end" or "daily[0]" or "daily[2]"));
        Assert.Equal(done.Order(), second.Observer.Events.Where(text => text.StartsWith("reused ", StringComparison.Ordinal)).Select(text => text[7..]).Where(done.Contains).Order());
    }

    [Fact]
    public async Task Resume_TaskGivenAnError_RunsAgain()
    {
        var broken = true;
        FlowBuilder Build() => new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, new[] { 0, 1, 2 }), FlowBuilder.Ints("grid"))
            .Step("fetch", "each:grid", frame => frame.Set(0, broken && frame.Value<int>(0) == 1 ? throw new IOException("no") : 1), FlowBuilder.Int("fetch"))
            .Step("count", "min50:all:fetch", frame => frame.Set(0, frame.Gather<int>(0).Length), FlowBuilder.Int("count"))
            .Step("use", "count", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("use"));

        var first = new TestRun();
        var (origin, status) = await first.StartAsync(Build());
        Assert.Equal((RunStatus.Succeeded, 2), (status, await first.IntAsync(origin, step: 3)));
        broken = false;
        var second = new TestRun { Store = first.Store };
        var (resumed, _) = await second.StartAsync(Build(), origin);

        Assert.Equal(3, await second.IntAsync(resumed, step: 3));
        Assert.Equal(["done count", "done fetch[1]", "done use", "reused fetch[0]", "reused fetch[2]", "reused grid"], Ends(second).Order());
    }

    [Fact]
    public async Task Resume_LoopInTheMiddle_GoesOnFromItsLastOutput()
    {
        var broken = true;
        FlowBuilder Build() => new FlowBuilder()
            .Step("seed", "", frame => frame.Set(0, 1), FlowBuilder.Int("seed"))
            .Loop("grow", "carry:seed", (value, _) => broken && value == 8 ? throw new IOException("no") : value * 2, 100, value => value < 60)
            .Step("use", "grow", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("use"));

        var first = new TestRun();
        var (failed, _) = await first.StartAsync(Build());
        broken = false;
        var second = new TestRun { Store = first.Store };
        var (resumed, status) = await second.StartAsync(Build(), failed);

        Assert.Equal((RunStatus.Succeeded, 64), (status, await second.IntAsync(resumed, step: 2)));
        Assert.Equal(["reused seed", "reused grow#0", "reused grow#1", "reused grow#2", "done grow#3", "done grow#4", "done grow#5", "done use"], Ends(second));
        Assert.Equal($"{failed}/grow#1", (await second.ReadAsync(resumed)).Find(new TaskAddress(1, default, 1))!.Origin);

        // And again, from a run in which all of it is there.
        var third = new TestRun { Store = first.Store };
        await third.StartAsync(Build(), resumed);
        Assert.All(Ends(third), text => Assert.StartsWith("reused", text));
    }

    [Fact]
    public async Task Resume_LoopWithAHigherLimit_Continues()
    {
        static FlowBuilder Build(int max, bool stop) => new FlowBuilder()
            .Step("seed", "", frame => frame.Set(0, 1), FlowBuilder.Int("seed"))
            .Loop("grow", "carry:seed", (value, _) => value * 2, max, value => value < 60, stop)
            .Step("use", "grow", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("use"));

        foreach (var stop in new[] { false, true })
        {
            var first = new TestRun();
            var (origin, status) = await first.StartAsync(Build(3, stop));
            Assert.Equal(stop ? RunStatus.Succeeded : RunStatus.Failed, status);
            var second = new TestRun { Store = first.Store };
            var (resumed, _) = await second.StartAsync(Build(100, stop), origin);
            Assert.Equal(64, await second.IntAsync(resumed, step: 2));
            Assert.Equal(3, Ends(second).Count(text => text.StartsWith("reused grow", StringComparison.Ordinal)));

            // A lower limit takes back what is beyond it.
            var third = new TestRun { Store = first.Store };
            var (lower, end) = await third.StartAsync(Build(4, stop), resumed);
            Assert.Equal(stop ? RunStatus.Succeeded : RunStatus.Failed, end);
            if (stop) Assert.Equal(16, await third.IntAsync(lower, step: 2));
            Assert.Equal(4, Ends(third).Count(text => text.StartsWith("reused grow", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Resume_LoopWithALostIteration_GoesOnFromTheLastThatCanBeRead()
    {
        // Too big for a record, so each iteration's output is a blob.
        static FlowBuilder Build() => new FlowBuilder()
            .Step("seed", "", frame => frame.Set(0, new int[400_000]), FlowBuilder.Ints("seed"))
            .Step("grow", "carry:seed", frame =>
            {
                var values = frame.Value<int[]>(0);
                for (var i = 0; i < values.Length; i++) values[i] += i * 1000;
                frame.Set(0, values);
                return default;
            }, [FlowBuilder.Ints("grow")], loop: new LoopDefinition(10, false, 0, (_, value) => ((int[])value!)[1] < 4000))
            .Step("use", "grow", frame => frame.Set(0, frame.Value<int[]>(0)[1]), FlowBuilder.Int("use"));

        var first = new TestRun();
        var (origin, _) = await first.StartAsync(Build());
        var lost = (await first.ReadAsync(origin)).Find(new TaskAddress(1, default, 3))!.Outputs[0].Hash.ToString();
        await foreach (var stored in first.Store.ListAsync("blobs/"))
            if (stored.Key.EndsWith(lost, StringComparison.Ordinal)) await first.Store.DeleteAsync(stored.Key);

        var second = new TestRun { Store = first.Store };
        var (resumed, status) = await second.StartAsync(Build(), origin);

        Assert.Equal((RunStatus.Succeeded, 4000), (status, await second.IntAsync(resumed, step: 2)));
        Assert.Equal(["reused seed", "reused grow#0", "reused grow#1", "reused grow#2", "done grow#3", "reused use"], Ends(second));
    }

    [Fact]
    public async Task Resume_AnotherBranch_IsDecidedAnew()
    {
        static FlowBuilder Build(int kind) => new FlowBuilder()
            .Step(kind == 1 ? "kind" : "renamed", "", frame => frame.Set(0, kind), FlowBuilder.Int("kind"))
            .Decision("kind", 1)
            .Step("one", "", frame => frame.Set(0, 1), [FlowBuilder.Int("one")], when: "kind=1")
            .Step("other", "", frame => frame.Set(0, 2), [FlowBuilder.Int("other")], when: "kind=_")
            .Step("free", "", frame => frame.Set(0, 3), FlowBuilder.Int("free"))
            .Step("end", "oneof:one|other", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("end"));

        var first = new TestRun();
        var (origin, _) = await first.StartAsync(Build(1));
        var second = new TestRun { Store = first.Store };
        var (resumed, _) = await second.StartAsync(Build(2), origin);

        Assert.Equal(2, await second.IntAsync(resumed, step: 4));
        Assert.Equal(["done end", "done other", "done renamed", "reused free", "skipped one+1 because kind was not 1"], second.Observer.Events.Where(text => text.StartsWith("done") || text.StartsWith("reused") || text.StartsWith("skipped")).Order());
    }

    [Fact]
    public async Task Resume_ChangedDimensions_RunsWhatIsInThemAgain()
    {
        static FlowBuilder Build(string inputs, bool more = false)
        {
            var flow = new FlowBuilder()
                .Step("days", "", frame => frame.Set(0, new[] { 0, 1 }), FlowBuilder.Ints("days"))
                .Step("hours", "each:days", frame => frame.Set(0, new[] { 5, 6 }), FlowBuilder.Ints("hours"));
            if (more) flow.Step("added", "each:hours", frame => frame.Set(0, 1), FlowBuilder.Int("added"));
            return flow.Step("score", inputs, frame => frame.Set(0, 1), FlowBuilder.Int("score")).Step("all", "all:score", frame => frame.Set(0, frame.Gather<int>(0).Length), FlowBuilder.Int("all"));
        }

        var first = new TestRun();
        var (origin, _) = await first.StartAsync(Build("each:hours"));

        // A step more changes nothing for the others.
        var second = new TestRun { Store = first.Store };
        var (added, _) = await second.StartAsync(Build("each:hours", more: true), origin);
        Assert.Equal(["done added[0,0]", "done added[0,1]", "done added[1,0]", "done added[1,1]"], Ends(second).Where(text => text.StartsWith("done", StringComparison.Ordinal)).Order());
        Assert.Equal(8, Ends(second).Count(text => text.StartsWith("reused", StringComparison.Ordinal)));

        // A dimension less, and the step that is gone takes nothing with it.
        var third = new TestRun { Store = first.Store };
        var (flat, _) = await third.StartAsync(Build("each:days"), added);
        Assert.Equal(2, await third.IntAsync(flat, step: 3));
        Assert.Equal(["done all", "done score[0]", "done score[1]"], Ends(third).Where(text => text.StartsWith("done", StringComparison.Ordinal)).Order());
    }

    private static IEnumerable<string> Ends(TestRun run) => run.Observer.Events.Where(text => text.StartsWith("done ", StringComparison.Ordinal) || text.StartsWith("reused ", StringComparison.Ordinal));

    /// <summary>How each task ended and what it made, whatever run it was taken from.</summary>
    private static async Task<SortedDictionary<string, string>> TasksAsync(TestRun run, RunKey key)
    {
        var state = await run.ReadAsync(key);
        return new(state.Tasks.ToDictionary(task => state.NameOf(task.Address), task =>
            $"{StatusNames.Of(task.Status == FlowTaskStatus.Reused ? FlowTaskStatus.Succeeded : task.Status)} {task.Skipped} {task.BlockedBy} {task.Error?.Message} {task.Marks} {string.Join(" ", task.Outputs.Select(output => output.Hash))}"));
    }
}
