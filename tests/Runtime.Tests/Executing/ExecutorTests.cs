using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

public class ExecutorTests
{
    [Fact]
    public async Task RunAsync_ForEachAndGather_ComputesInIndexOrder()
    {
        int[]? gathered = null;
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, new[] { 3, 1, 2 }), FlowBuilder.Ints("grid"))
            .Step("scale", "", frame => frame.Set(0, 10), FlowBuilder.Int("scale"))
            .Step("fit", "each:grid scale", frame => frame.Set(0, frame.Value<int>(0) * frame.Value<int>(1)), FlowBuilder.Int("fit"))
            .Step("best", "all:fit", frame =>
            {
                gathered = frame.Gather<int>(0);
                frame.Set(0, gathered.Max());
            }, FlowBuilder.Int("best"));

        var heard = await TestRun.RunAsync(flow);

        Assert.Equal([30, 10, 20], gathered!);
        Assert.Equal(6, heard.Outcomes.OfType<TaskSucceeded>().Count());
        Assert.Contains("sized grid 3", heard.Events);
        Assert.Equal("finished succeeded", heard.Events.Last());
    }

    [Fact]
    public async Task RunAsync_EmptyCollection_GathersAnEmptyArray()
    {
        int[]? gathered = null;
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Array.Empty<int>()), FlowBuilder.Ints("grid"))
            .Step("fit", "each:grid", frame => frame.Set(0, 1), FlowBuilder.Int("fit"))
            .Step("best", "all:fit", frame => gathered = frame.Gather<int>(0));

        await TestRun.RunAsync(flow);

        Assert.Empty(gathered!);
    }

    [Fact]
    public async Task RunAsync_MutableValue_IsCopiedForEveryConsumer()
    {
        var original = new[] { 1, 2, 3 };
        var seen = new List<int[]>();
        void Consume(StepFrame frame)
        {
            var mine = frame.Value<int[]>(0);
            lock (seen) seen.Add([.. mine]);
            Array.Clear(mine);
        }

        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, original), FlowBuilder.Ints("load"))
            .Step("a", "load", Consume)
            .Step("b", "load", Consume)
            .Step("spoil", "", _ => { })
            .Step("c", "load", frame => Consume(frame), [], after: "a b");

        await TestRun.RunAsync(flow);

        Assert.All(seen, values => Assert.Equal([1, 2, 3], values));
        Assert.Equal(3, seen.Count);
        Assert.Equal([1, 2, 3], original);
    }

    [Fact]
    public async Task RunAsync_ProducerChangesItsResultLater_NobodySeesIt()
    {
        var shared = new[] { 1, 2 };
        var items = new List<int>();
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, shared), FlowBuilder.Ints("grid"))
            .Step("change", "", _ => shared[1] = 99, [], after: "grid")
            .Step("fit", "each:grid", frame => { lock (items) items.Add(frame.Value<int>(0)); }, [], after: "change");

        await TestRun.RunAsync(flow);

        Assert.Equal([1, 2], items.Order());
    }

    [Fact]
    public async Task RunAsync_ShareableValue_IsHandedOnAsItIs()
    {
        var text = new string('x', 3);
        var seen = new List<object>();
        var flow = new FlowBuilder()
            .Step("load", "", frame => frame.Set(0, text), FlowBuilder.Text("load"))
            .Step("a", "load", frame => { lock (seen) seen.Add(frame.Value<string>(0)); })
            .Step("b", "load", frame => { lock (seen) seen.Add(frame.Value<string>(0)); });

        await TestRun.RunAsync(flow);

        Assert.All(seen, value => Assert.Same(text, value));
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task RunAsync_MutableParameter_IsCopiedForEveryAttempt()
    {
        var given = new[] { 1, 2 };
        var sums = new List<int>();
        void Consume(StepFrame frame)
        {
            foreach (var values in new[] { frame.Value<int[]>(0), (int[])((object?[])frame.Flow)[0]! })
            {
                lock (sums) sums.Add(values.Sum());
                Array.Clear(values);
            }
        }

        var flow = new FlowBuilder()
            .Parameter<int[], ArrayCodec<int, Int32Codec>>("sizes", ParameterParsers.Array(ParameterParsers.Parsable<int>()), given, shareable: false)
            .Step("a", "sizes", Consume)
            .Step("b", "sizes", frame => Consume(frame), [], after: "a")
            .Step("each", "each:sizes", frame => { lock (sums) sums.Add(100 + frame.Value<int>(0)); }, [], after: "b");

        await TestRun.RunAsync(flow);

        Assert.Equal([3, 3, 3, 3, 101, 102], sums.Order());
        Assert.Equal([1, 2], given);
    }

    [Fact]
    public async Task RunAsync_StepThrows_FailsItBlocksWhatNeedsItAndRunsTheRest()
    {
        var ran = false;
        var flow = new FlowBuilder()
            .Step("load", "", frame => throw new InvalidDataException("row 7 is broken"), FlowBuilder.Int("load"))
            .Step("fit", "load", frame => frame.Set(0, 1), FlowBuilder.Int("fit"))
            .Step("other", "", _ => ran = true);

        var heard = await TestRun.RunAsync(flow, RunStatus.Failed);

        var error = Assert.Single(heard.Outcomes.OfType<TaskFailed>()).Error;
        Assert.Equal((TaskErrorKind.User, "System.IO.InvalidDataException", "row 7 is broken"), (error.Kind, error.Type, error.Message));
        Assert.NotNull(error.Stack);
        Assert.Contains("blocked fit+1 by load", heard.Events);
        Assert.True(ran);
        Assert.Equal("load failed: row 7 is broken", heard.End!.Reason);
    }

    [Fact]
    public async Task RunAsync_NullInNonNullableArtifact_FailsTheTask()
    {
        var flow = new FlowBuilder().Step("load", "", frame => frame.Set<string?>(0, null), FlowBuilder.Text("load"));

        var heard = await TestRun.RunAsync(flow, RunStatus.Failed);

        var error = Assert.Single(heard.Outcomes.OfType<TaskFailed>()).Error;
        Assert.Equal(TaskErrorKind.Output, error.Kind);
        Assert.Equal("Step 'load' returned null for its artifact 'load'; return a value, or declare it as string?.", error.Message);
    }

    [Fact]
    public async Task RunAsync_ValueThatCannotBeEncoded_IsAnOutputError()
    {
        var flow = new FlowBuilder().Step("load", "", frame => frame.Set(0, "lone surrogate \ud800"), FlowBuilder.Text("load"));

        var heard = await TestRun.RunAsync(flow, RunStatus.Failed);

        Assert.Equal(TaskErrorKind.Output, Assert.Single(heard.Outcomes.OfType<TaskFailed>()).Error.Kind);
    }

    [Fact]
    public async Task RunAsync_FailFast_StartsNothingMore()
    {
        var run = new TestRun { FailFast = true, MaxParallel = 1 };
        var flow = new FlowBuilder()
            .Step("a", "", _ => throw new InvalidOperationException("no"))
            .Step("b", "", _ => { });

        var (_, status) = await run.StartAsync(flow);

        Assert.Equal(RunStatus.Failed, status);
        Assert.DoesNotContain("start b#1", run.Observer.Events);
    }

    [Fact]
    public async Task RunAsync_ManyCores_RunsTasksAtTheSameTime()
    {
        // Each task waits for the other: with one worker this would never end.
        using var both = new Barrier(2);
        var flow = new FlowBuilder()
            .Step("a", "", _ => Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1))))
            .Step("b", "", _ => Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1))));

        await TestRun.RunAsync(flow);
    }

    [Fact]
    public async Task StepContext_Members_TellOfTheAttempt()
    {
        StepContext? context = null;
        var (directory, existed) = ("", false);
        var flow = new FlowBuilder("shop")
            .Parameter<int[], ArrayCodec<int, Int32Codec>>("sizes", ParameterParsers.Array(ParameterParsers.Parsable<int>()), [7], shareable: false)
            .Step("fit", "each:sizes", async frame =>
            {
                context = frame.Context;
                directory = context.TempDirectory;
                existed = Directory.Exists(directory);
                await File.WriteAllTextAsync(Path.Combine(directory, "x"), "y");
                context.Progress(0.5, "half");
                await context.Committed();
            });

        var heard = await TestRun.RunAsync(flow);

        Assert.Equal(("shop", "fit", "fit[0]", 1), (context!.Flow, context.Step, context.TaskName, context.Attempt));
        Assert.Equal([0], context.Index);
        Assert.Equal(heard.Manifest!.Run.ToString(), context.RunId);
        Assert.Equal(32, context.IdempotencyKey.Length);
        Assert.Contains("progress fit[0] 0.5 half", heard.Events);
        Assert.True(existed);
        Assert.False(Directory.Exists(directory));
    }
}
