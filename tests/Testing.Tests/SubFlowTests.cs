using FlowGen;
using FlowGen.Testing;
using Testing.Tests.Flows;

namespace Testing.Tests;

/// <summary>Steps of flows inside of flows are steps like all others.</summary>
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

    [Fact]
    public async Task RunAsync_SubFlow_IsFailedAndAskedAboutByPath()
    {
        var test = new FlowTest().Fail("work[1]/double[2]", new IOException("busy"), times: 2);

        var run = await new OuterFlow().RunAsync(test);

        Assert.Equal(2 * (33 + 63), await run.Sum);
        test.AssertSucceeded("work", "work/double", "work[0]/total", "sum").AssertAttempts("work[1]/double[2]", 3).AssertAttempts("work[0]/double", 1)
            .AssertOrder("work[1]/parts", "work[1]/double", "work[1]/total", "sum").AssertCalledOnly("work", "work/parts", "work/double", "work/total", "sum");
    }

    [Fact]
    public async Task Replace_StepInside_IsFoundByPathAndByMethod()
    {
        var test = new FlowTest().Replace("work/parts", (InnerFlow flow) => new[] { flow.Begin }).Replace(InnerFlow.Double, part => part + 1);

        var run = await new OuterFlow().RunAsync(test);

        Assert.Equal(32, await run.Sum);
    }

    [Fact]
    public async Task Replace_SubFlowItself_ByItsResultOrItsParameters()
    {
        var byResult = new FlowTest().Replace("work", (int number) => number + 1);
        Assert.Equal(32, await (await new OuterFlow().RunAsync(byResult)).Sum);
        byResult.AssertCalledOnly("work", "sum");

        var byParameters = new FlowTest().Replace(OuterFlow.Work, number => new InnerFlow { Begin = 0 });
        Assert.Equal(12, await (await new OuterFlow().RunAsync(byParameters)).Sum);
        byParameters.AssertSucceeded("work[1]/total");
    }

    [Theory]
    [InlineData("work/dobule", "Flow 'inner' has no step 'dobule' (did you mean 'double'?); its steps are parts, double, total.")]
    [InlineData("sum/double", "Step 'sum' is no sub-flow, so there is no step 'double' in it; name 'sum'.")]
    [InlineData("double", "Flow 'outer' has no step 'double'; its steps are work, sum.")]
    public async Task Fail_UnknownPath_SaysWhatThereIs(string step, string message)
    {
        var error = await Assert.ThrowsAsync<FlowException>(() => new OuterFlow().RunAsync(new FlowTest().Fail(step, new IOException()), TestContext.Current.CancellationToken));

        Assert.Equal(("FG1230", message), (error.Code, error.Message));
    }
}
