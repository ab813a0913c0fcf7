using FlowGen;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace Runtime.Tests.Executing;

/// <summary>Steps that repeat: how often, with what, and what they leave in the log.</summary>
public class LoopTests
{
    private static int[] Numbers(int count) => [.. Enumerable.Range(0, count)];

    [Fact]
    public async Task Loop_RepeatsUntilItsMethodSaysEnough()
    {
        var flow = new FlowBuilder()
            .Step("seed", "", frame => frame.Set(0, 1), FlowBuilder.Int("seed"))
            .Loop("grow", "carry:seed", (value, _) => value * 2, max: 10, keepGoing: value => value < 10)
            .Step("use", "grow", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("use"));

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal((RunStatus.Succeeded, 16), (status, await run.IntAsync(key, step: 2)));
        var iterations = (await run.ReadAsync(key)).TasksOf(1).ToList();
        Assert.Equal([0, 1, 2, 3], iterations.Select(task => task.Address.Iteration));
        Assert.Equal([TaskMarks.GoesOn, TaskMarks.GoesOn, TaskMarks.GoesOn, TaskMarks.None], iterations.Select(task => task.Marks));
        Assert.Contains("start grow#3#1", run.Observer.Events);
    }

    [Fact]
    public async Task Loop_ThatStartsWithAParameter_CarriesOnItsOwnResult()
    {
        var flow = new FlowBuilder()
            .Parameter<int, Int32Codec>("seed", ParameterParsers.Parsable<int>(), 3)
            .Loop("grow", "carry:seed", (value, _) => value * 2, max: 10, keepGoing: value => value < 20);

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal((RunStatus.Succeeded, 24), (status, await run.IntAsync(key, step: 0)));
    }

    [Fact]
    public async Task Loop_InEveryTaskOfADimension_RunsOnItsOwn()
    {
        int[] got = [];
        var flow = new FlowBuilder()
            .Step("grid", "", frame => frame.Set(0, Numbers(4)), FlowBuilder.Ints("grid"))
            .Step("seed", "each:grid", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("seed"))
            .Loop("grow", "carry:seed", (value, item) => value + item, max: 100, keepGoing: value => value is < 12 and > 0)
            .Step("all", "all:grow", frame => got = frame.Gather<int>(0));

        await TestRun.RunAsync(flow);

        Assert.Equal([0, 12, 12, 12], got);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loop_AtItsLimit_FailsOnceOrStops(bool stopAtMax)
    {
        var flow = new FlowBuilder()
            .Step("seed", "", frame => frame.Set(0, 1), FlowBuilder.Int("seed"))
            .Loop("grow", "carry:seed", (value, _) => value * 2, max: 3, keepGoing: _ => true, stopAtMax)
            .Step("use", "grow", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("use"));

        var run = new TestRun();
        var (key, status) = await run.StartAsync(flow);

        Assert.Equal(stopAtMax ? RunStatus.Succeeded : RunStatus.Failed, status);
        var last = (await run.ReadAsync(key)).Find(new TaskAddress(1))!;
        Assert.Equal(stopAtMax ? 2 : 3, last.Address.Iteration);
        if (stopAtMax) Assert.Equal((8, TaskMarks.StoppedAtMax), (await run.IntAsync(key, step: 2), last.Marks));
        else
        {
            Assert.Equal(FlowTaskStatus.Failed, last.Status);
            Assert.Contains("after 3 iterations", last.Error!.Message);
            Assert.Contains("StopAtMax", last.Error.Message);
        }
    }

    [Fact]
    public async Task Loop_IterationFails_IsRetriedWithTheSameInput()
    {
        var failed = false;
        var flow = new FlowBuilder()
            .Step("seed", "", frame => frame.Set(0, 1), FlowBuilder.Int("seed"))
            .Step("grow", "carry:seed", frame =>
            {
                if (frame.Value<int>(0) == 4 && !failed)
                {
                    failed = true;
                    throw new IOException("busy");
                }

                frame.Set(0, frame.Value<int>(0) * 2);
                return default;
            }, [FlowBuilder.Int("grow")], retry: new RetryPolicy(1, TimeSpan.Zero), loop: new LoopDefinition(10, false, 0, (_, value) => (int)value! < 10))
            .Step("use", "grow", frame => frame.Set(0, frame.Value<int>(0)), FlowBuilder.Int("use"));

        var heard = await TestRun.RunAsync(flow);

        Assert.Equal(["start grow#0#1", "start grow#1#1", "start grow#2#1", "start grow#2#2", "start grow#3#1"], heard.Events.Where(text => text.StartsWith("start grow", StringComparison.Ordinal)));
    }
}
