using FlowGen.Testing;
using Testing.Tests.Flows;

namespace Testing.Tests;

/// <summary>Flows that run other flows, in the test kit.</summary>
public sealed class SubFlowTests
{
    [Fact]
    public async Task RunAsync_SubFlows_DoNotWaitEither()
    {
        var test = new FlowTest();
        var run = await new NestedFlow().RunAsync(test);

        Assert.Equal(14, await run.Sum);
        test.AssertSucceeded("square[2]", "sum").AssertAttempts("square", 1);
        Assert.Equal(2, run.Info.Tasks.Single(task => task.Name == "square[1]/load").Attempts);
    }

    [Fact]
    public async Task Replace_SubFlow_GivesItsOutput()
    {
        var test = new FlowTest().Replace("square", (int number) => 10 * number);
        var run = await new NestedFlow().RunAsync(test);

        Assert.Equal(60, await run.Sum);
        Assert.DoesNotContain(run.Info.Tasks, task => task.Name.Contains('/', StringComparison.Ordinal));
    }
}
