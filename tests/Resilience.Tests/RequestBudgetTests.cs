using FlowGen;
using FlowGen.Executing;
using FlowGen.Runs;
using FlowGen.Storage;
using Resilience.Tests.Faults;
using Runtime.Tests.Executing;

namespace Resilience.Tests;

/// <summary>How often whole runs, and those who look at them, ask the store for anything. Counted, so a busy machine cannot change it.</summary>
public sealed class RequestBudgetTests
{
    private static FlowBuilder FourSteps() => new FlowBuilder("four")
        .Step("a", "", frame => frame.Set(0, 1), FlowBuilder.Int("a"))
        .Step("b", "a", frame => frame.Set(0, 2), FlowBuilder.Int("b"))
        .Step("c", "a", frame => frame.Set(0, 3), FlowBuilder.Int("c"))
        .Step("d", "b c", frame => frame.Set(0, 4), FlowBuilder.Int("d"));

    private static FlowBuilder Wide() => new FlowBuilder("wide")
        .Step("many", "", frame => frame.Set(0, Enumerable.Range(0, 10_000).ToArray()), FlowBuilder.Ints("many"))
        .Step("half", "each:many", frame => frame.Set(0, frame.Value<int>(0) / 2), FlowBuilder.Int("half"));

    private static async Task<(RunKey Run, int Requests)> RunAsync(InMemoryStore inner, FlowBuilder flow)
    {
        var counted = new NumberedStore(inner, int.MaxValue, Trouble.Slow);
        var run = new TestRun { Store = counted };
        var (key, status) = await FlowRunner.RunAsync(run.Request(flow) with { IsKept = false }, run.Observer, default, default);
        Assert.Equal(RunStatus.Succeeded, status);
        return (key, counted.Operations);
    }

    [Fact]
    public async Task FourSteps_InAStoreThatIsKnown_TakeSixRequests()
    {
        var inner = new InMemoryStore();
        await RunAsync(inner, FourSteps());

        Assert.InRange((await RunAsync(inner, FourSteps())).Requests, 3, 6);
    }

    [Fact]
    public async Task Foreach_OverTenThousand_TakesOneRequestInAHundred()
    {
        var inner = new InMemoryStore();
        await RunAsync(inner, FourSteps());

        Assert.InRange((await RunAsync(inner, Wide())).Requests, 3, 100);
    }

    [Fact]
    public async Task Status_OfAShortRun_TakesADozenRequests()
    {
        var inner = new InMemoryStore();
        var (run, _) = await RunAsync(inner, FourSteps());
        var counted = new NumberedStore(inner, int.MaxValue, Trouble.Slow);

        var store = await RunStore.OpenAsync(counted, forWriting: false, TimeProvider.System, default);
        Assert.Equal(RunStatus.Succeeded, (await store.OverviewAsync(run, default)).Summary.Status);

        Assert.InRange(counted.Operations, 3, 12);
    }
}
