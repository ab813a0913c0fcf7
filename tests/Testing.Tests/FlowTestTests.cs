using FlowGen;
using FlowGen.Testing;
using Testing.Tests.Flows;

namespace Testing.Tests;

/// <summary>The test kit, used as in a test of one's own.</summary>
public sealed class FlowTestTests
{
    private static FlowTest Loaded() => new FlowTest().Replace(ChurnFlow.Load, () => [1.0, 2, 6]);

    [Fact]
    public async Task RunAsync_StepReplaced_RunsTheOthersOnItsValue()
    {
        var test = Loaded();

        ChurnFlow.Run run = await new ChurnFlow { Threshold = 0.8 }.RunAsync(test);

        Assert.Equal(3 * 0.3, await run.Winner, 12);
        Assert.Equal([3 * 0.1, 3 * 0.2, 3 * 0.3], await run.Fit.ToListAsync());
        Assert.EndsWith(" from 1 to 6", await run.Publish, StringComparison.Ordinal);
        test.AssertSucceeded("load", "fit", "fit[1]", nameof(ChurnFlow.FitAsync), "BEST", "publish").AssertAttempts("fit", 1).AssertOrder("load", "fit", "best", "good", "publish");
        Assert.Equal(["load", "bounds", "grid", "fit[0]", "fit[1]", "fit[2]", "best", "good", "publish"], test.Calls);
    }

    [Fact]
    public async Task RunAsync_ConditionFalse_SkipsTheStep()
    {
        var test = Loaded();

        var run = await new ChurnFlow { Threshold = 2 }.RunAsync(test);

        test.AssertSkipped("publish").AssertCalledOnly("load", "bounds", "grid", "fit", "best", "good");
        var error = await Assert.ThrowsAsync<ArtifactUnavailableException>(() => run.Publish.GetAsync(TestContext.Current.CancellationToken));
        Assert.Contains("skipped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Twice_TellsOfTheLastRun()
    {
        var test = Loaded();

        await new ChurnFlow { Threshold = 2 }.RunAsync(test);
        var run = await new ChurnFlow { Threshold = 0.1 }.RunAsync(test);

        test.AssertSucceeded("publish").AssertAttempts("load", 1);
        Assert.Equal(test.Tasks.Select(task => task.Name), run.Info.Tasks.Select(task => task.Name));
        Assert.Single(test.Calls, "load");
    }

    [Fact]
    public async Task Replace_ByMethod_HasTheStepsSignature()
    {
        var test = Loaded()
            .Replace(ChurnFlow.FitAsync, (rate, load, cancel) => Task.FromResult(cancel.CanBeCanceled ? rate + load[0] : double.NaN))
            .Replace(new ChurnFlow().Good, winner => winner == 1.3);

        var run = await new ChurnFlow().RunAsync(test);

        Assert.Equal([1.1, 1.2, 1.3], await run.Fit.ToListAsync());
        test.AssertSucceeded("publish");
    }

    [Fact]
    public async Task Replace_ByName_TakesTheInputsItLikes()
    {
        var test = Loaded()
            .Replace("bounds", async (double[] load) =>
            {
                await Task.Yield();
                return (load[0], 7.0);
            })
            .Replace("fit", (StepContext context, double rate) => ValueTask.FromResult(rate * context.Index[0]))
            .Replace("best", (IReadOnlyList<double> fits) => fits.Sum())
            .Replace("good", (double winner, ChurnFlow flow) => winner > 10 * flow.Threshold);

        var run = await new ChurnFlow { Threshold = 0.01 }.RunAsync(test);

        Assert.Equal((1.0, 7.0), (await run.Low, await run.High));
        Assert.Equal(0.8, await run.Winner, 12);
        test.AssertSucceeded("publish");
    }

    [Fact]
    public async Task Replace_WithAValue_GivesIt()
    {
        var test = new FlowTest().Replace("load", new[] { 4.0 }).Replace(nameof(ChurnFlow.Bounds), (-1.0, 1.0)).Replace("best", 9.0).Replace("good", true);

        var run = await new ChurnFlow().RunAsync(test);

        Assert.Equal("9 from -1 to 1", await run.Publish);
    }

    [Fact]
    public async Task Replace_Throws_FailsLikeTheStep()
    {
        var test = Loaded().Replace(ChurnFlow.Best, fits => throw new NotSupportedException("no winner"));

        var error = await Assert.ThrowsAsync<RunFailedException>(() => new ChurnFlow().RunAsync(test, TestContext.Current.CancellationToken));

        Assert.Contains("no winner", error.Message, StringComparison.Ordinal);
        Assert.Contains("NotSupportedException", test.AssertFailed("best").Task("best").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fail_FirstAttempts_AreRetriedWithoutWaiting()
    {
        var test = Loaded().Fail("fit[1]", new IOException("no space"), times: 2);

        var run = await new ChurnFlow().RunAsync(test);

        test.AssertAttempts("fit[1]", 3).AssertAttempts("fit[0]", 1).AssertSucceeded("fit");
        Assert.Equal(["fit[1]", "fit[1]", "fit[1]"], test.Calls.Where(task => task == "fit[1]"));
        Assert.Equal(3 * 0.3, await run.Winner, 12);
    }

    [Fact]
    public async Task Fail_AllAttempts_FailsTheRunAndBlocksWhatNeedsIt()
    {
        var test = Loaded().Fail("fit[1]", new IOException("no space"));

        var error = await Assert.ThrowsAsync<RunFailedException>(() => new ChurnFlow().RunAsync(test, TestContext.Current.CancellationToken));

        Assert.Contains("no space", error.Message, StringComparison.Ordinal);
        test.AssertFailed("fit[1]").AssertAttempts("fit[1]", 3).AssertBlocked("best", "good", "publish").AssertSucceeded("fit[0]").AssertCalledOnly("load", "bounds", "grid", "fit");
    }

    [Fact]
    public async Task Fail_Permanently_IsNotTriedAgain()
    {
        var test = new FlowTest { ThrowOnFailure = false }.Replace(ChurnFlow.Load, () => [1]).Fail(ChurnFlow.FitAsync, new PermanentFailureException("never"));

        var run = await new ChurnFlow().RunAsync(test);

        Assert.Equal(RunStatus.Failed, run.Info.Status);
        test.AssertFailed("fit").AssertAttempts("fit", 1);
    }

    [Fact]
    public async Task Fail_GivenItemsAndAttempts_FailsThose()
    {
        var test = Loaded().Fail("fit", at => at is { Index: [0 or 2], Attempt: 1 } ? new IOException() : null).Fail("fit[2]", at => at.Attempt == 2 ? new TimeoutException() : null);

        await new ChurnFlow().RunAsync(test);

        test.AssertAttempts("fit[0]", 2).AssertAttempts("fit[1]", 1).AssertAttempts("fit[2]", 3);
    }

    [Fact]
    public async Task Fail_OfTheSystem_IsRecordedAsThat()
    {
        var test = new FlowTest { ThrowOnFailure = false }.Fail("load", new SystemFailureException("the rack is on fire"));

        var run = await new ChurnFlow().RunAsync(test);

        Assert.Equal(RunStatus.Failed, run.Info.Status);
        Assert.Contains("the rack is on fire", test.AssertFailed("load").Task("load").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FailFast_StartsNothingMore()
    {
        var test = new FlowTest { ThrowOnFailure = false, FailFast = true };

        await new ChurnFlow().RunAsync(test);

        test.AssertFailed("load").AssertCalledOnly([.. test.Calls]);
        Assert.DoesNotContain("fit[0]", test.Calls);
    }

    [Fact]
    public async Task RunAsync_DemandingSteps_RunHereAndNow()
    {
        var test = new FlowTest();

        var run = await new DemandingFlow().RunAsync(test);

        Assert.Equal([1, 2, 3], await run.Slow.ToListAsync());
        Assert.Equal((3, Environment.ProcessId, 2, 3), (await run.Big, await run.Apart, await run.Together, await run.Polite));
        test.AssertAttempts("polite", 2).AssertAttempts("together", 1);
        Assert.Single(test.Calls, "together");
    }
}
