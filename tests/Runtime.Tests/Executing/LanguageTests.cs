using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Every construct of the language in small flows written by hand: what runs, what each step gets, and how the run ends.</summary>
public class LanguageTests
{
    internal static int[] Numbers(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>days (3) =day=> hours[day] (as many as the day's number) =hour=> score[day,hour].</summary>
    internal static FlowBuilder Nested() => new FlowBuilder()
        .Step("days", "", frame => frame.Set(0, Numbers(3)), FlowBuilder.Ints("days"))
        .Step("hours", "each:days", frame => frame.Set(0, Numbers(frame.Value<int>(0))), FlowBuilder.Ints("hours"))
        .Step("score", "each:hours days", frame => frame.Set(0, 100 * frame.Context.Index[0] + frame.Value<int>(0)), FlowBuilder.Int("score"));

    [Fact]
    public async Task Nested_EveryTaskOfEveryCollectionRuns()
    {
        var gathered = new List<string>();
        var flow = Nested()
            .Step("daily", "all:score@hours days each:days", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("daily"))
            .Step("all", "indexed:all:score all:daily", frame =>
            {
                gathered.AddRange(frame.Gather(0, InputWraps.Indexed<int>).Select(item => $"{string.Join(',', item.Index)}={item.Value}"));
                gathered.Add(string.Join(' ', frame.Gather<int>(1)));
            });

        var heard = await TestRun.RunAsync(flow);

        Assert.Equal(["1,0=100", "2,0=200", "2,1=201", "0 100 401"], gathered);
        Assert.Contains("sized hours[0] 0", heard.Events);
        Assert.Contains("done score[2,1]", heard.Events);
        Assert.Equal(3, heard.Events.Count(text => text.StartsWith("done score", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cross_TwoCollections_EachPairRunsInIndexOrder()
    {
        int[] sums = [];
        var flow = new FlowBuilder()
            .Step("a", "", frame => frame.Set(0, Numbers(3)), FlowBuilder.Ints("a"))
            .Step("b", "", frame => frame.Set(0, Numbers(2)), FlowBuilder.Ints("b"))
            .Step("pair", "each:a each:b", frame => frame.Set(0, 10 * frame.Value<int>(0) + frame.Value<int>(1)), FlowBuilder.Int("pair"))
            .Step("row", "all:pair@b", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("row"))
            .Step("column", "all:pair@a", frame => frame.Set(0, frame.Gather<int>(0).Sum()), FlowBuilder.Int("column"))
            .Step("sum", "all:pair all:row all:column", frame => sums = [.. frame.Gather<int>(0), .. frame.Gather<int>(1), .. frame.Gather<int>(2)]);

        await TestRun.RunAsync(flow);

        Assert.Equal([0, 1, 10, 11, 20, 21, 1, 21, 41, 30, 33], sums);
    }

    [Theory]
    [InlineData(1, "one, optional 1 False, nullable 1 ")]
    [InlineData(2, "other, optional 0 True, nullable 0 2")]
    [InlineData(3, "other, optional 0 True, nullable 0 3")]
    public async Task Choice_RunsOneBranchAndSkipsTheOther(int kind, string expected)
    {
        var said = "";
        var flow = new FlowBuilder()
            .Step("kind", "", frame => frame.Set(0, kind), FlowBuilder.Int("kind"))
            .Decision("kind", 1, 2)
            .Step("one", "", frame => frame.Set(0, 1), [FlowBuilder.Int("one")], when: "kind=1")
            .Step("other", "kind", frame => frame.Set(0, frame.Value<int>(0)), [FlowBuilder.Int("other")], when: "kind=2|_")
            .Step("after", "other", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("after"))
            .Step("end", "oneof:one|after optional:one optional:after nullable:one nullable:after", frame =>
            {
                var (one, after) = (frame.Value(1, InputWraps.Optional<int>), frame.Value(2, InputWraps.Optional<int>));
                said = $"{(frame.Value<int>(0) == 1 ? "one" : "other")}, optional {one.Or(0)} {after.HasValue}, nullable {(int?)frame.Value(3, item => InputWraps.None<int?>(item)) ?? 0} {frame.Value(4, item => InputWraps.None<int?>(item))}";
            });

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Succeeded, status);
        Assert.Equal(expected, said);
        var state = await run.ReadAsync(key);
        var skipped = state.Tasks.Where(task => task.Status == FlowTaskStatus.Skipped).Select(task => $"{state.NameOf(task.Address)} because {state.Manifest.Graph.Describe(task.Skipped!)}");
        Assert.Equal(kind == 1 ? ["other because kind was 1", "after because kind was 1"] : [$"one because kind was {(kind == 2 ? "2" : "none of 1, 2")}"], skipped);
    }

    [Fact]
    public async Task Choice_InsideADimension_GathersWhatRan()
    {
        (int[]? Plain, string? Gaps, string? Items) got = default;
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Numbers(5)), FlowBuilder.Ints("grid"))
            .Step("odd", "each:grid", frame => frame.Set(0, frame.Value<int>(0) % 2 == 1), FlowBuilder.Bool("odd"))
            .Step("fit", "each:grid", frame => frame.Set(0, frame.Value<int>(0)), [FlowBuilder.Int("fit")], when: "odd=true")
            .Step("all", "all:fit optional:all:fit indexed:all:fit", frame => got =
                (frame.Gather<int>(0), string.Join(' ', frame.Gather(1, InputWraps.Optional<int>)), string.Join(' ', frame.Gather(2, InputWraps.Indexed<int>).Select(item => item.Index[0]))));

        await TestRun.RunAsync(flow);

        Assert.Equal([1, 3], got.Plain!);
        Assert.Equal(("(skipped) 1 (skipped) 3 (skipped)", "1 3"), (got.Gaps, got.Items));
    }

    [Fact]
    public async Task Choice_SkippedCollection_HasNoItems()
    {
        int[]? got = null;
        var flow = new FlowBuilder()
            .Step("ok", "", frame => frame.Set(0, false), FlowBuilder.Bool("ok"))
            .Step("grid", "", frame => frame.Set(0, Numbers(5)), [FlowBuilder.Ints("grid")], when: "ok=true")
            .Step("fit", "each:grid", frame => frame.Set(0, 1), FlowBuilder.Int("fit"))
            .Step("all", "all:fit", frame => got = frame.Gather<int>(0));

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal((RunStatus.Succeeded, 0), (status, got!.Length));
        Assert.Equal((0, true), ((await run.ReadAsync(key)).CountOf(2), (await run.ReadAsync(key)).IsExpanded(2)));
    }

    [Fact]
    public async Task Decision_OfAParameter_IsMadeWhenTheRunStarts()
    {
        var flow = new FlowBuilder()
            .Parameter<bool, BooleanCodec>("fast", ParameterParsers.Boolean, true)
            .Step("slow", "", _ => { }, [], when: "fast=false")
            .Step("quick", "", _ => { }, [], when: "fast=true");

        Assert.Equal(["skipped slow+1 because fast was true", "done quick"], (await TestRun.RunAsync(flow)).Events.Where(text => text.StartsWith("skipped") || text.StartsWith("done")).OrderByDescending(text => text));
    }

    [Fact]
    public async Task Decision_ValueThatCannotBe_FailsTheTaskWithoutARetry()
    {
        var flow = new FlowBuilder()
            .Step("kind", "", frame => frame.Set(0, -5), FlowBuilder.Int("kind"))
            .Decision("kind", 1, 2)
            .Step("one", "", _ => { }, [], when: "kind=1");

        var heard = await TestRun.RunAsync(flow, RunStatus.Failed);

        Assert.Contains("blocked one+1 by kind", heard.Events);
        var error = Assert.IsType<TaskFailed>(Assert.Single(heard.Outcomes)).Error;
        Assert.Equal(TaskErrorKind.Output, error.Kind);
        Assert.Contains("'kind'", error.Message);
        Assert.Contains("-5", error.Message);
        Assert.Contains("1, 2", error.Message);
    }

    [Fact]
    public async Task Outcome_OfAFailedOrBlockedProducer_HasTheOriginalError()
    {
        (Outcome<int>? Failed, Outcome<int>? Blocked, Outcome<int>? Fine) got = default;
        var flow = new FlowBuilder()
            .Step("bad", "", _ => throw new IOException("the disk is full"), FlowBuilder.Int("bad"))
            .Step("next", "bad", frame => frame.Set(0, 1), FlowBuilder.Int("next"))
            .Step("fine", "", frame => frame.Set(0, 3), FlowBuilder.Int("fine"))
            .Step("report", "outcome:bad outcome:next outcome:fine", frame =>
                got = (frame.Value(0, InputWraps.Outcome<int>), frame.Value(1, InputWraps.Outcome<int>), frame.Value(2, InputWraps.Outcome<int>)));

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Succeeded, status); // every consumer accepts failures
        Assert.Equal(new StepError("bad", "System.IO.IOException", "the disk is full"), got.Failed!.Error);
        Assert.Equal(got.Failed.Error, got.Blocked!.Error);
        Assert.Equal((true, 3), (got.Fine!.Succeeded, got.Fine.Value));
        var state = await run.ReadAsync(key);
        Assert.Equal([FlowTaskStatus.Failed, FlowTaskStatus.Blocked, FlowTaskStatus.Succeeded, FlowTaskStatus.Succeeded], state.Tasks.Select(task => task.Status));
        Assert.Equal(TaskMarks.GivenError, state.Tasks.Last().Marks);
    }

    [Theory]
    [InlineData("one|other")]
    [InlineData("other|one")]
    public async Task Outcome_OfAlternatives_HasTheErrorOfTheOneThatWasToRun(string alternatives)
    {
        Outcome<int>? got = null;
        var flow = new FlowBuilder()
            .Step("kind", "", frame => frame.Set(0, 1), FlowBuilder.Int("kind"))
            .Decision("kind", 1, 2)
            .Step("one", "", _ => throw new IOException("the disk is full"), [FlowBuilder.Int("one")], when: "kind=1")
            .Step("other", "", frame => frame.Set(0, 1), [FlowBuilder.Int("other")], when: "kind=2|_")
            .Step("end", $"outcome:oneof:{alternatives}", frame => got = frame.Value(0, InputWraps.Outcome<int>));

        await TestRun.RunAsync(flow);

        Assert.Equal(new StepError("one", "System.IO.IOException", "the disk is full"), got!.Error);
    }

    [Fact]
    public async Task Blocked_CollectionOfACrossProduct_LeavesATaskForEachOuterItem()
    {
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Numbers(3)), FlowBuilder.Ints("grid"))
            .Step("bad", "", _ => throw new IOException("no"), FlowBuilder.Ints("bad"))
            .Step("pair", "each:grid each:bad", _ => { })
            .Step("nested", "each:grid", frame => frame.Set(0, Numbers(2)), FlowBuilder.Ints("nested"))
            .Step("triple", "each:nested each:bad", _ => { });

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Failed, status);
        var state = await run.ReadAsync(key);
        Assert.Equal(["pair[0]", "pair[1]", "pair[2]"], state.TasksOf(2).Select(task => state.NameOf(task.Address)));
        Assert.Equal(["triple[0,0]", "triple[0,1]", "triple[1,0]", "triple[1,1]", "triple[2,0]", "triple[2,1]"], state.TasksOf(4).Select(task => state.NameOf(task.Address)));
        Assert.All(state.TasksOf(2).Concat(state.TasksOf(4)), task => Assert.Equal((FlowTaskStatus.Blocked, new TaskAddress(1)), (task.Status, task.BlockedBy)));
        Assert.Equal((3, true, 6, true), (state.CountOf(2), state.IsExpanded(2), state.CountOf(4), state.IsExpanded(4)));
        Assert.Equal(FlowTaskStatus.Blocked, state.Find(new TaskAddress(4, TaskIndex.Of(2, 1)))!.Status);

        // The same once the run is read from its index.
        var (again, _) = await run.StartAsync(flow, resume: key);
        Assert.Equal(state.Tasks.Select(task => (task.Address, task.Status)), (await run.ReadAsync(again)).Tasks.Select(task => (task.Address, task.Status == FlowTaskStatus.Reused ? FlowTaskStatus.Succeeded : task.Status)));
    }

    [Fact]
    public async Task Contained_FailureThatSomebodyNeeds_FailsTheRun()
    {
        var flow = new FlowBuilder()
            .Step("bad", "", _ => throw new IOException("no"), FlowBuilder.Int("bad"))
            .Step("report", "outcome:bad", _ => { })
            .Step("leaf", "bad", _ => { });

        Assert.Contains("blocked leaf+1 by bad", (await TestRun.RunAsync(flow, RunStatus.Failed)).Events);
    }

    [Fact]
    public async Task Outcomes_OfAGather_KeepEveryIndex()
    {
        string[] got = [];
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Numbers(4)), FlowBuilder.Ints("grid"))
            .Step("fetch", "each:grid", frame => frame.Set(0, frame.Value<int>(0) % 2 == 0 ? frame.Value<int>(0) : throw new IOException($"no {frame.Value<int>(0)}")), FlowBuilder.Int("fetch"))
            .Step("parse", "fetch", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("parse"))
            .Step("all", "outcome:all:parse", frame => got = [.. frame.Gather(0, InputWraps.Outcome<int>).Select(outcome => outcome.ToString()!)]);

        await TestRun.RunAsync(flow);

        Assert.Equal(["0", "fetch[1] failed: no 1", "2", "fetch[3] failed: no 3"], got);
    }

    [Theory]
    [InlineData(2, RunStatus.Succeeded)]
    [InlineData(3, RunStatus.Failed)]
    public async Task MinSuccess_BelowTheShare_FailsOnceAndNamesTheFirstFailures(int failures, RunStatus expected)
    {
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Numbers(5)), FlowBuilder.Ints("grid"))
            .Step("fetch", "each:grid", frame => frame.Set(0, frame.Value<int>(0) >= failures ? 1 : throw new IOException($"no {frame.Value<int>(0)}")), FlowBuilder.Int("fetch"))
            .Step("all", "min60:all:fetch", frame => frame.Set(0, frame.Gather<int>(0).Sum()), [FlowBuilder.Int("all")], retry: new RetryPolicy(3, TimeSpan.Zero));

        var heard = await TestRun.RunAsync(flow, expected);

        Assert.Equal(1, heard.Events.Count(text => text.StartsWith("start all", StringComparison.Ordinal)));
        if (expected == RunStatus.Succeeded) return;
        var error = heard.Outcomes.OfType<TaskFailed>().Single(failed => failed.Task.Step == 2).Error;
        Assert.Contains("Only 2 of 5 tasks", error.Message);
        Assert.Contains("60%", error.Message);
        Assert.Contains("fetch[0] failed: no 0", error.Message);
    }

    [Theory]
    [InlineData("after", false)]
    [InlineData("after!", true)]
    public async Task After_Always_StartsWhateverBecameOfTheOther(string how, bool starts)
    {
        var flow = new FlowBuilder()
            .Step("work", "", _ => throw new IOException("no"))
            .Step("clean", "", _ => { }, [], after: how.Replace("after", "work"));

        Assert.Equal(starts, (await TestRun.RunAsync(flow, RunStatus.Failed)).Events.Contains("done clean"));
    }

    [Fact]
    public async Task Labels_AreRecordedWithTheCollection()
    {
        var flow = new FlowBuilder()
            .Label("grid", item => (int)item! == 1 ? throw new InvalidOperationException() : $"item {item}")
            .Step("grid", "", frame => frame.Set(0, Numbers(3)), FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", _ => { });

        var run = new TestRun();
        var state = await run.ReadAsync((await run.StartAsync(flow)).Run);

        Assert.Equal(["item 0", null, "item 2"], state.TasksOf(1).Select(task => state.LabelOf(task.Address)));
    }

    [Fact]
    public async Task LostCollection_BlocksWhatGathersOverIt()
    {
        var flow = new FlowBuilder()
            .Step("days", "", frame => frame.Set(0, Numbers(3)), FlowBuilder.Ints("days"))
            .Step("hours", "each:days", frame => frame.Set(0, frame.Value<int>(0) == 1 ? throw new IOException("no") : Numbers(2)), FlowBuilder.Ints("hours"))
            .Step("score", "each:hours", frame => frame.Set(0, 1), FlowBuilder.Int("score"))
            .Step("daily", "outcome:all:score@hours", frame => frame.Set(0, 1), FlowBuilder.Int("daily"))
            .Step("all", "outcome:all:daily", frame => frame.Set(0, frame.Gather(0, InputWraps.Outcome<int>).Count(outcome => outcome.Succeeded)), FlowBuilder.Int("all"));

        var run = new TestRun();
        var (key, _) = await run.StartAsync(flow);

        var state = await run.ReadAsync(key);
        Assert.Equal(["score[0,0]", "score[0,1]", "score[1]", "score[2,0]", "score[2,1]"], state.TasksOf(2).Select(task => state.NameOf(task.Address)));
        Assert.Equal(FlowTaskStatus.Blocked, state.Find(new TaskAddress(2, 1))!.Status);
        Assert.Equal(["daily[1]"], state.TasksOf(3).Where(task => task.Status == FlowTaskStatus.Blocked).Select(task => state.NameOf(task.Address)));
        Assert.Equal(2, await run.IntAsync(key, step: 4));
        Assert.True(state.IsExpanded(2));
    }
}
