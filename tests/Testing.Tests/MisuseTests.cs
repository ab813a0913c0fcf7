using FlowGen;
using FlowGen.Testing;
using Testing.Tests.Flows;

namespace Testing.Tests;

/// <summary>What a test gets wrong is said before anything runs, in words.</summary>
public sealed class MisuseTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private static async Task<string> MistakeAsync(string code, FlowTest test)
    {
        var error = await Assert.ThrowsAsync<FlowException>(() => new ChurnFlow().RunAsync(test, Cancel));
        Assert.Equal((code, 2), (error.Code, error.ExitCode));
        Assert.Empty(test.Calls);
        return error.Message;
    }

    [Fact]
    public async Task Replace_UnknownStep_SaysWhichThereAre() =>
        Assert.Equal("Flow 'churn' has no step 'laod' (did you mean 'load'?); its steps are load, bounds, grid, fit, best, good, publish.", await MistakeAsync("FG1230", new FlowTest().Replace("laod", 1)));

    [Fact]
    public async Task Fail_UnknownStep_SaysWhichThereAre() =>
        Assert.StartsWith("Flow 'churn' has no step 'fits' (did you mean 'fit'?); its steps are ", await MistakeAsync("FG1230", new FlowTest().Fail("fits[0]", new IOException())), StringComparison.Ordinal);

    [Fact]
    public async Task Replace_StepOfAnotherFlow_SaysSo() =>
        Assert.Equal("'ShapesFlow.Start' is no step of the flow that runs, ChurnFlow; name one of that.", await MistakeAsync("FG1230", new FlowTest().Replace(ShapesFlow.Start, () => 5)));

    [Fact]
    public void Replace_Lambda_AsksForTheMethod() =>
        Assert.Equal("A step is named by a lambda or a local function; name its own method, such as ChurnFlow.Fit.", Assert.Throws<FlowException>(() => new FlowTest().Replace(() => 1, () => 2)).Message);

    [Fact]
    public void Replace_Task_AsksForTheStep() =>
        Assert.StartsWith("'fit[1]' names a task, but only steps can be replaced; ", Assert.Throws<FlowException>(() => new FlowTest().Replace("fit[1]", 1.0)).Message, StringComparison.Ordinal);

    public static TheoryData<string, object?, string> Misfits() => new()
    {
        { "best", "text", "The replacement of step 'best' gives String, but the step makes double 'winner'; give that." },
        { "best", 1, "The replacement of step 'best' gives Int32, but the step makes double 'winner'; give that." },
        { "best", null, "The replacement of step 'best' gives null, but the step makes double 'winner'; give that." },
        { "best", () => { }, "The replacement of step 'best' gives nothing, but the step makes double 'winner'; give that." },
        { "best", () => Task.CompletedTask, "The replacement of step 'best' gives nothing, but the step makes double 'winner'; give that." },
        { "best", async () => await Task.FromResult(1), "The replacement of step 'best' gives Int32, but the step makes double 'winner'; give that." },
        { "bounds", 1.0, "The replacement of step 'bounds' gives Double, but the step makes a tuple of double 'low', double 'high'; give that." },
        { "bounds", () => (1.0, 2), "The replacement of step 'bounds' gives ValueTuple<Double, Int32>, but the step makes a tuple of double 'low', double 'high'; give that." },
        { "best", (double[] laod) => 1.0, "The replacement of step 'best' takes 'laod', but the step has no such input; its inputs are fits." },
        { "best", (double fits) => 1.0, "The replacement of step 'best' takes 'fits' as Double, which the step gets as IReadOnlyList<Double>; declare it so." },
        { "best", (IReadOnlyList<int> fits) => 1.0, "The replacement of step 'best' takes 'fits' as IReadOnlyList<Int32>, which the step gets as IReadOnlyList<Double>; declare it so." },
        { "best", (IReadOnlyList<Outcome<double>> fits) => 1.0, "The replacement of step 'best' takes 'fits' as IReadOnlyList<Outcome<Double>>, which the step gets as IReadOnlyList<Double>; declare it so." },
        { "best", (IAsyncEnumerable<double> fits) => 1.0, "The replacement of step 'best' takes 'fits' as IAsyncEnumerable<Double>, which the step gets as IReadOnlyList<Double>; declare it so." },
        { "fit", (double[] lod) => 1.0, "The replacement of step 'fit' takes 'lod', but the step has no such input (did you mean 'load'?); its inputs are rate, load." },
        { "fit", (int rate) => 1.0, "The replacement of step 'fit' takes 'rate' as Int32, which the step gets as Double; declare it so." },
        { "load", (int x) => new[] { 1.0 }, "The replacement of step 'load' takes 'x', but the step has no such input; it has none." },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task Replace_DoesNotFit_SaysWhatIsExpected(string step, object? with, string message) =>
        Assert.Equal(message, await MistakeAsync("FG1231", new FlowTest().Replace(step, with)));

    [Fact]
    public async Task Fail_TaskThatDidNotExist_SaysWhichThereWere()
    {
        var test = new FlowTest().Replace(ChurnFlow.Load, () => [1]).Fail("fit[7]", new IOException());

        var error = await Assert.ThrowsAsync<FlowException>(() => new ChurnFlow().RunAsync(test, Cancel));

        Assert.Equal("Step 'fit' had no task 'fit[7]' in the last run; its 3 tasks are fit[0] to fit[2].", error.Message);
    }

    [Fact]
    public async Task Assert_NotSo_SaysWhatWas()
    {
        var test = new FlowTest { ThrowOnFailure = false }.Replace(ChurnFlow.Load, () => [1]).Fail("best", new IOException("no space"));
        await new ChurnFlow().RunAsync(test, Cancel);

        Assert.Equal("Task 'load' succeeded, expected that it was skipped.", Message(() => test.AssertSkipped("load")));
        Assert.StartsWith("Task 'best' failed, expected that it succeeded. ", Message(() => test.AssertSucceeded("load", "best")), StringComparison.Ordinal);
        Assert.Contains("no space", Message(() => test.AssertSucceeded("best")), StringComparison.Ordinal);
        Assert.StartsWith("Task 'good' was blocked, expected that it failed. ", Message(() => test.AssertFailed("good")), StringComparison.Ordinal);
        Assert.Equal("Task 'load' had 1 attempt, expected 2.", Message(() => test.AssertAttempts("load", 2)));
        Assert.StartsWith("'grid' was called before 'best' was over, expected it after that; the order was ", Message(() => test.AssertOrder("load", "best", "grid")), StringComparison.Ordinal);
        Assert.Equal("'good' was never called, expected it after 'load'.", Message(() => test.AssertOrder("load", "good")));
        Assert.Equal("The steps best, bounds, fit, grid, load were called, expected fit, grid, load, publish: not publish; besides best, bounds.", Message(() => test.AssertCalledOnly("load", "grid", "fit", "publish")));

        static string Message(Action assert) => Assert.Throws<FlowAssertionException>(assert).Message;
    }

    [Fact]
    public async Task Assert_UnknownName_SaysWhatThereIs()
    {
        var test = new FlowTest().Replace(ChurnFlow.Load, () => [1]);
        Assert.Equal("No flow has run with this test, so nothing is known of 'fit[0]'; await RunAsync(test) first.", Message(() => test.AssertSucceeded("fit[0]")));
        await new ChurnFlow().RunAsync(test, Cancel);

        Assert.StartsWith("Flow 'churn' has no step 'publsh' (did you mean 'publish'?)", Message(() => test.AssertSkipped("publsh")), StringComparison.Ordinal);
        Assert.Equal("Step 'fit' had no task 'fit[7]' in the last run; its 3 tasks are fit[0] to fit[2].", Message(() => test.Task("fit[7]")));
        Assert.Equal("Step 'load' had no task 'load[0]' in the last run; its task is load.", Message(() => test.AssertAttempts("load[0]", 1)));
        Assert.Equal("'fit' is the name of 3 tasks; name one, such as fit[0].", Message(() => test.Task("fit")));

        static string Message(Action assert)
        {
            var error = Assert.Throws<FlowException>(assert);
            Assert.Equal("FG1230", error.Code);
            return error.Message;
        }
    }
}
