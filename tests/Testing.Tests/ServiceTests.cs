using FlowGen;
using FlowGen.Testing;
using Microsoft.Extensions.DependencyInjection;
using Testing.Tests.Flows;

namespace Testing.Tests;

/// <summary>Steps get the services of the test, and replacements make do without.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task RunAsync_WithServices_GivesThemToStepsAndReplacements()
    {
        var test = new FlowTest().Replace(ServedFlow.Count, (hour, clock) => hour + clock.Hour);
        test.Services.AddSingleton<IClock>(new Noon());

        var run = await new ServedFlow().RunAsync(test);

        Assert.Equal((12, 24), (await run.Hour, await run.Count));
    }

    [Fact]
    public async Task RunAsync_AllThatTakeServicesReplaced_NeedsNone()
    {
        var test = new FlowTest().Replace("hour", 3).Replace("count", (int hour, IClock? clock) => clock is null ? hour : -1);

        Assert.Equal(3, await (await new ServedFlow().RunAsync(test)).Count);
    }

    [Fact]
    public async Task RunAsync_ServiceMissing_SaysSo()
    {
        var test = new FlowTest().Replace("count", 1);

        var error = await Assert.ThrowsAsync<FlowException>(() => new ServedFlow().RunAsync(test, TestContext.Current.CancellationToken));

        Assert.Equal("FG1015", error.Code);
        Assert.Empty(test.Calls);
    }

    private sealed class Noon : IClock
    {
        public int Hour => 12;
    }
}
