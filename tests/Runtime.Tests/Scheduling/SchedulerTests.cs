using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

public class SchedulerTests
{
    // load -> clean -> fit
    [Fact]
    public void OnSucceeded_Chain_StartsTheNextAndReleasesWhatWasTaken()
    {
        var run = new SchedulerDriver("load clean fit", "load>clean clean>fit");

        Assert.Equal("start load", run.Next());
        Assert.Equal("start clean, release load", run.Succeed("load").Next());
        Assert.Equal("start fit, release clean", run.Succeed("clean").Next());
        Assert.Equal("succeeded", run.Succeed("fit").Next());
        run.AssertNothingElse();
    }

    // grid =g=> fit[g] => best
    //    load --^
    [Fact]
    public void OnSucceeded_ForEachAndGather_RunsOncePerItemAndGathersWhenAllAreDone()
    {
        var run = new SchedulerDriver("grid*g load fit@g best", "grid>fit load>fit fit>best", widths: "g3");

        Assert.Equal("start grid, start load", run.Next());
        Assert.Equal("", run.Succeed("grid").Next());
        Assert.Equal("start fit[0], start fit[1], start fit[2], release grid, release load", run.Succeed("load").Next());
        Assert.Equal("", run.Succeed("fit[2]").Succeed("fit[0]").Next());
        Assert.Equal("start best, release fit[0..2]", run.Succeed("fit[1]").Next());
        Assert.Equal("succeeded", run.Succeed("best").Next());
        run.AssertNothingElse();
    }

    // grid =g=> fit[g] -> score[g] => best
    [Fact]
    public void TryStart_MatchedSteps_PrefersTheDeeperThenTheSmallerIndex()
    {
        var run = new SchedulerDriver("grid*g fit@g score@g best", "grid>fit fit>score score>best", new SchedulerLimits(1), "g3");

        Assert.Equal("start grid", run.Next());
        Assert.Equal("start fit[0]", run.Succeed("grid").Next());
        Assert.Equal("start score[0], release fit[0]", run.Succeed("fit[0]").Next());
        Assert.Equal("start fit[1]", run.Succeed("score[0]").Next());
        Assert.Equal("start score[1], release fit[1]", run.Succeed("fit[1]").Next());
        Assert.Equal("start fit[2], release grid", run.Succeed("score[1]").Next());
        Assert.Equal("start score[2], release fit[2]", run.Succeed("fit[2]").Next());
        Assert.Equal("start best, release score[0..2]", run.Succeed("score[2]").Next());
        Assert.Equal("succeeded", run.Succeed("best").Next());
        run.AssertNothingElse();
    }

    // grid =g=> fit[g] => best -> report
    [Fact]
    public void OnSucceeded_EmptyDimension_GathersAnEmptyList()
    {
        var run = new SchedulerDriver("grid*g fit@g best report", "grid>fit fit>best best>report", widths: "g0");

        Assert.Equal("start grid", run.Next());
        Assert.Equal("release grid, start best", run.Succeed("grid").Next());
        Assert.Equal("start report, release best", run.Succeed("best").Next());
        Assert.Equal("succeeded", run.Succeed("report").Next());
        run.AssertNothingElse();
    }

    // (parameter) =g=> fit[g] => best
    [Fact]
    public void OnStarted_DimensionOfAParameter_StartsItsTasksAtOnce()
    {
        var run = new SchedulerDriver("fit@g best", "fit>best", widths: "g2");

        Assert.Equal("start fit[0], start fit[1]", run.Next());
        Assert.Equal("start best, release fit[0..1]", run.Succeed("fit[1]").Succeed("fit[0]").Next());
        Assert.Equal("succeeded", run.Succeed("best").Next());
        run.AssertNothingElse();
    }

    // grid =g=> fit[g] -> score[g] => best        load -> report
    [Fact]
    public void OnAttemptFailed_OneItem_BlocksWhatNeedsItAndLetsTheRestGoOn()
    {
        var run = new SchedulerDriver("grid*g load fit@g score@g best report", "grid>fit fit>score score>best load>report", widths: "g3");

        Assert.Equal("start grid, start load", run.Next());
        Assert.Equal("start fit[0], start fit[1], start fit[2], release grid", run.Succeed("grid").Next());
        Assert.Equal("failed fit[1].1, blocked score[1] by fit[1]", run.Fail("fit[1]").Next());
        Assert.Equal("start score[0], release fit[0]", run.Succeed("fit[0]").Next());
        Assert.Equal("start report, release load", run.Succeed("load").Next());
        Assert.Equal("start score[2], release fit[2]", run.Succeed("fit[2]").Next());
        Assert.Equal("", run.Succeed("score[2]").Next());
        Assert.Equal("blocked best by fit[1], release score[0], release score[2]", run.Succeed("score[0]").Next());
        Assert.Equal("failed", run.Succeed("report").Next());
        run.AssertNothingElse();
    }

    // grid =g=> fit[g] -> score[g] => best
    [Fact]
    public void OnAttemptFailed_TheCollectionItself_BlocksTheStepsOfItsDimensionAsOne()
    {
        var run = new SchedulerDriver("grid*g fit@g score@g best", "grid>fit fit>score score>best", widths: "g3");

        Assert.Equal("start grid", run.Next());
        Assert.Equal("failed grid.1, blocked fit by grid, blocked score by grid, blocked best by grid, failed", run.Fail("grid").Next());
        run.AssertNothingElse();
    }

    // load ---v
    // grid =g=> fit[g] => best
    [Fact]
    public void OnAttemptFailed_BeforeTheDimensionIsKnown_BlocksItsTasksOnceTheyExist()
    {
        var run = new SchedulerDriver("load grid*g fit@g best", "load>fit grid>fit fit>best", widths: "g3");

        Assert.Equal("start load, start grid", run.Next());
        Assert.Equal("failed load.1", run.Fail("load").Next());
        Assert.Equal("blocked fit[0..2] by load, release grid, blocked best by load, failed", run.Succeed("grid").Next());
        run.AssertNothingElse();
    }

    // load ---v
    // grid =g=> fit[g] => best          fit runs zero times, so nothing of it is blocked
    [Fact]
    public void OnAttemptFailed_EmptyDimension_GathersAnEmptyListAllTheSame()
    {
        var run = new SchedulerDriver("load grid*g fit@g best", "load>fit grid>fit fit>best", widths: "g0");

        Assert.Equal("start load, start grid", run.Next());
        Assert.Equal("failed load.1", run.Fail("load").Next());
        Assert.Equal("release grid, start best", run.Succeed("grid").Next());
        Assert.Equal("failed", run.Succeed("best").Next());
        run.AssertNothingElse();
    }

    // grid =g=> a[g] ~ b[g]        a[g] ~ end (all)
    [Fact]
    public void After_IndexAgreesInSharedDimensions_WaitsForThoseTasksOnly()
    {
        var run = new SchedulerDriver("grid*g a@g b@g end", "grid>a grid>b a~b a~end", widths: "g2");

        Assert.Equal("start grid", run.Next());
        Assert.Equal("start a[0], start a[1]", run.Succeed("grid").Next());
        Assert.Equal("start b[1]", run.Succeed("a[1]").Next());
        Assert.Equal("start b[0], release grid, start end", run.Succeed("a[0]").Next());
        Assert.Equal("succeeded", run.Succeed("b[0]").Succeed("b[1]").Succeed("end").Next());
        run.AssertNothingElse();
    }

    // flaky (3 attempts) -> next
    [Fact]
    public void OnRetryDue_FailedAttempt_RunsAgainWithItsInputsStillHeld()
    {
        var run = new SchedulerDriver("load flaky next", "load>flaky flaky>next", change: (name, step) => name == "flaky" ? step with { MaxAttempts = 3 } : step);

        Assert.Equal("start load", run.Next());
        Assert.Equal("start flaky", run.Succeed("load").Next());
        Assert.Equal("retry flaky.1", run.Fail("flaky").Next());
        Assert.Equal("start flaky.2", run.RetryDue("flaky").Next());
        Assert.Equal("retry flaky.2", run.Fail("flaky").Next());
        Assert.Equal("start flaky.3", run.RetryDue("flaky").Next());
        Assert.Equal("release load, start next, release flaky", run.Succeed("flaky").Next());
        Assert.Equal("succeeded", run.Succeed("next").Next());
        run.AssertNothingElse();
    }

    // flaky (2 attempts) -> next
    [Fact]
    public void OnAttemptFailed_LastAttempt_FailsTheTask()
    {
        var run = new SchedulerDriver("flaky next", "flaky>next", change: (_, step) => step with { MaxAttempts = 2 });

        Assert.Equal("start flaky", run.Next());
        Assert.Equal("retry flaky.1", run.Fail("flaky").Next());
        Assert.Equal("start flaky.2", run.RetryDue("flaky").Next());
        Assert.Equal("failed flaky.2, blocked next by flaky, failed", run.Fail("flaky").Next());
        run.AssertNothingElse();
    }

    // load -> apart (2 attempts, and 2 more if it is lost)
    [Fact]
    public void OnAttemptFailed_PlaceLost_HasABudgetOfItsOwn()
    {
        var run = new SchedulerDriver("load apart", "load>apart", change: (name, step) => name == "apart" ? step with { MaxAttempts = 2, SystemRetries = 2 } : step);

        Assert.Equal("start load", run.Next());
        Assert.Equal("start apart", run.Succeed("load").Next());
        Assert.Equal("retry apart.1", run.Fail("apart", isSystem: true).Next());
        Assert.Equal("start apart.2", run.RetryDue("apart").Next());
        Assert.Equal("retry apart.2", run.Fail("apart").Next());
        Assert.Equal("start apart.3", run.RetryDue("apart").Next());
        Assert.Equal("retry apart.3", run.Fail("apart", isSystem: true).Next());
        Assert.Equal("start apart.4", run.RetryDue("apart").Next());
        Assert.Equal("failed apart.4, release load, failed", run.Fail("apart", isSystem: true).Next());
        run.AssertNothingElse();
    }

    // a (no retries, 1 more if it is lost)    b (no retries)
    [Theory]
    [InlineData(false, "failed a.2, failed")]
    [InlineData(true, "failed a.2, failed")]
    public void OnAttemptFailed_WithoutRetries_LosesOnlyWhatHasABudget(bool isSystem, string expected)
    {
        var run = new SchedulerDriver("a b", "", change: (name, step) => name == "a" ? step with { SystemRetries = 1 } : step);

        Assert.Equal("start a, start b", run.Next());
        Assert.Equal("failed b.1", run.Fail("b", isSystem: true).Next());
        Assert.Equal("retry a.1", run.Fail("a", isSystem: true).Next());
        Assert.Equal("start a.2", run.RetryDue("a").Next());
        Assert.Equal(expected, run.Fail("a", isSystem: isSystem).Next());
        run.AssertNothingElse();
    }

    // (parameter) =g=> fit[g], two at a time        load
    [Fact]
    public void TryStart_LimitOfAStep_LeavesRoomForOthers()
    {
        var run = new SchedulerDriver("fit@g load", "", new SchedulerLimits(3), "g4", (name, step) => name == "fit" ? step with { MaxParallel = 2 } : step);

        Assert.Equal("start fit[0], start fit[1], start load", run.Next());
        Assert.Equal("start fit[2]", run.Succeed("fit[1]").Next());
        Assert.Equal("", run.Succeed("load").Next());
        Assert.Equal("start fit[3]", run.Succeed("fit[2]").Next());
        Assert.Equal("succeeded", run.Succeed("fit[0]").Succeed("fit[3]").Next());
        run.AssertNothingElse();
    }

    // slow (2 attempts)      other
    [Fact]
    public void OnAttemptFailed_Abandoned_ChargesTheLimitUntilItReturns()
    {
        var run = new SchedulerDriver("slow other", "", new SchedulerLimits(1), change: (name, step) => name == "slow" ? step with { MaxAttempts = 2 } : step);

        Assert.Equal("start slow", run.Next());
        Assert.Equal("retry slow.1", run.Fail("slow", abandoned: true).Next());
        Assert.Equal("", run.RetryDue("slow").Next());
        Assert.Equal("start slow.2", run.AbandonedReturned("slow").Next());
        Assert.Equal("start other", run.Succeed("slow").Next());
        Assert.Equal("succeeded", run.Succeed("other").Next());
        run.AssertNothingElse();
    }

    // slow      nobody waits for code that was given up
    [Fact]
    public void OnAttemptFailed_AbandonedAtTheEnd_FinishesTheRun()
    {
        var run = new SchedulerDriver("slow", "");

        Assert.Equal("start slow", run.Next());
        Assert.Equal("failed slow.1, failed", run.Fail("slow", abandoned: true).Next());
        run.AssertNothingElse();
    }

    // a -> b     c -> d
    [Fact]
    public void TryStart_FailFast_StartsNothingAfterAFailure()
    {
        var run = new SchedulerDriver("a b c d", "a>b c>d", new SchedulerLimits(2, FailFast: true));

        Assert.Equal("start a, start c", run.Next());
        Assert.Equal("failed a.1, blocked b by a", run.Fail("a").Next());
        Assert.Equal("failed", run.Succeed("c").Next());
        run.AssertNothingElse();
    }

    // a -> b     c -> d
    [Fact]
    public void OnStopped_RunningTasks_EndTheRunWhenTheyHaveEnded()
    {
        var run = new SchedulerDriver("a b c d", "a>b c>d");

        Assert.Equal("start a, start c", run.Next());
        Assert.Equal("", run.Stop().Next());
        Assert.Equal("", run.Succeed("a").Next());
        Assert.Equal("cancelled", run.Cancel("c").Next());
        run.AssertNothingElse();
    }

    // a
    [Fact]
    public void OnStopped_EverythingDecidedAnyway_IsASuccess()
    {
        var run = new SchedulerDriver("a", "");

        Assert.Equal("start a", run.Next());
        Assert.Equal("succeeded", run.Stop().Succeed("a").Next());
        run.AssertNothingElse();
    }

    [Fact]
    public void OnStarted_NoSteps_Succeeds()
    {
        var run = new SchedulerDriver("", "");

        Assert.Equal("succeeded", run.Next());
        run.AssertNothingElse();
    }

    [Fact]
    public void OnSucceeded_TaskThatDoesNotRun_IsRefused()
    {
        var run = new SchedulerDriver("a", "");

        Assert.Throws<InvalidOperationException>(() => Scheduler.OnSucceeded(run.Core, new(0), []));
    }
}
