using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>Several dimensions, choices, loops and failure as data, one at a time.</summary>
public class SchedulerLanguageTests
{
    // days =d=> hours[d] =h=> score[d,h] => daily[d] => all
    [Fact]
    public void OnSucceeded_NestedCollections_GathersAndReleasesEachGroupOnItsOwn()
    {
        var run = new SchedulerDriver("days*d hours@d*h score@dh daily@d all", "days>hours hours>score score>daily daily>all", widths: "d2 h2");

        Assert.Equal("start days", run.Next());
        Assert.Equal("start hours[0], start hours[1], release days", run.Succeed("days").Next());
        Assert.Equal("start score[1,0], start score[1,1], release hours[1]", run.Succeed("hours[1]").Next());
        Assert.Equal("start score[0,0], start score[0,1], release hours[0]", run.Succeed("hours[0]").Next());
        Assert.Equal("", run.Succeed("score[1,1]").Succeed("score[0,1]").Next());
        Assert.Equal("start daily[1], release score[1,0..1]", run.Succeed("score[1,0]").Next());
        Assert.Equal("", run.Succeed("daily[1]").Next());
        Assert.Equal("start daily[0], release score[0,0..1]", run.Succeed("score[0,0]").Next());
        Assert.Equal("start all, release daily[0..1]", run.Succeed("daily[0]").Next());
        Assert.Equal("succeeded", run.Succeed("all").Next());
        run.AssertNothingElse();
    }

    // (parameters) =a,b=> pair[a,b] => row[a], column[b]
    [Fact]
    public void OnSucceeded_CrossedCollections_GathersOverEitherOfThem()
    {
        var run = new SchedulerDriver("pair@ab row@a column@b", "pair>row pair>column", widths: "a2 b2");

        Assert.Equal("start pair[0,0], start pair[0,1], start pair[1,0], start pair[1,1]", run.Next());
        Assert.Equal("start column[1]", run.Succeed("pair[0,1]").Succeed("pair[1,1]").Next());
        Assert.Equal("start row[1], release pair[1,1]", run.Succeed("pair[1,0]").Next());
        Assert.Equal("start row[0], release pair[0,1], start column[0], release pair[0,0], release pair[1,0]", run.Succeed("pair[0,0]").Next());
        Assert.Equal("succeeded", run.Succeed("row[0]").Succeed("row[1]").Succeed("column[0]").Succeed("column[1]").Next());
        run.AssertNothingElse();
    }

    // (parameters) =a=> fit[a] -> score[a,b]
    [Fact]
    public void OnSucceeded_SmallerScope_IsBroadcastAndHeldUntilTheLastHasTakenIt()
    {
        var run = new SchedulerDriver("fit@a score@ab", "fit>score", new SchedulerLimits(2), "a2 b2");

        Assert.Equal("start fit[0], start fit[1]", run.Next());
        Assert.Equal("start score[1,0]", run.Succeed("fit[1]").Next());
        Assert.Equal("start score[1,1], release fit[1]", run.Succeed("score[1,0]").Next());
        Assert.Equal("start score[0,0]", run.Succeed("fit[0]").Next());
        Assert.Equal("start score[0,1], release fit[0]", run.Succeed("score[0,0]").Next());
        Assert.Equal("succeeded", run.Succeed("score[1,1]").Succeed("score[0,1]").Next());
        run.AssertNothingElse();
    }

    // late =a=>, (parameter) =b=> quick[b] -> score[a,b]
    [Fact]
    public void OnSucceeded_CollectionKnownLate_FindsEachItemOfTheOtherAsFarAsItIs()
    {
        var run = new SchedulerDriver("late*a quick@b score@ab", "late>score quick>score", widths: "a1 b3");

        Assert.Equal("start late, start quick[0], start quick[1], start quick[2]", run.Next());
        Assert.Equal("", run.Succeed("quick[1]").Next());
        Assert.Equal("start score[0,1], release quick[1]", run.Succeed("late").Next());
        Assert.Equal("start score[0,0], release quick[0]", run.Succeed("quick[0]").Next());
        Assert.Equal("start score[0,2], release late, release quick[2]", run.Succeed("quick[2]").Next());
        Assert.Equal("succeeded", run.Succeed("score[0,0]").Succeed("score[0,1]").Succeed("score[0,2]").Next());
        run.AssertNothingElse();
    }

    [Fact]
    public void TryStart_ManySubFlows_OpensNoMoreThanTheLimit()
    {
        var run = new SchedulerDriver("flow@g", "", new SchedulerLimits(1) { MaxOpen = 2 }, "g4", (_, step) => step with { IsSubFlow = true });

        Assert.Equal("start flow[0], start flow[1]", run.Next());
        Assert.Equal("start flow[2]", run.Succeed("flow[1]").Next());
        Assert.Equal("start flow[3]", run.Succeed("flow[0]").Next());
        Assert.Equal("succeeded", run.Succeed("flow[2]").Succeed("flow[3]").Next());
        run.AssertNothingElse();
    }

    // days =d=> hours[d] =h=> score[d,h] => daily[d], which accepts failures ~ clean[d], which accepts anything
    [Fact]
    public void OnAttemptFailed_OneNestedCollection_LosesItsTasksForAllButCleaningUp()
    {
        var run = new SchedulerDriver("days*d hours@d*h score@dh daily@d clean@d", "days>hours hours>score score>daily? score~clean!", widths: "d2 h1");

        Assert.Equal("start days", run.Next());
        Assert.Equal("start hours[0], start hours[1], release days", run.Succeed("days").Next());
        Assert.Equal("failed hours[1].1, blocked score[1] by hours[1], blocked daily[1] by hours[1], start clean[1]", run.Fail("hours[1]").Next());
        Assert.Equal("start score[0,0], release hours[0]", run.Succeed("hours[0]").Next());
        Assert.Equal("failed score[0,0].1, start daily[0], start clean[0]", run.Fail("score[0,0]").Next());
        Assert.Equal("failed", run.Succeed("daily[0]").Succeed("clean[0]").Succeed("clean[1]").Next());
        run.AssertNothingElse();
    }

    // (parameter) =g=> fetch[g] -> parse[g] => all, which accepts failures
    [Fact]
    public void OnAttemptFailed_ContainedSteps_FailNeitherTheRunNorWhoAcceptsIt()
    {
        var run = new SchedulerDriver("fetch@g parse@g all", "fetch>parse parse>all?", new SchedulerLimits(9, FailFast: true), "g2", (name, step) => step with { Contained = name != "all" });

        Assert.Equal("start fetch[0], start fetch[1]", run.Next());
        Assert.Equal("failed fetch[0].1, blocked parse[0] by fetch[0]", run.Fail("fetch[0]").Next());
        Assert.Equal("start parse[1], release fetch[1]", run.Succeed("fetch[1]").Next());
        Assert.Equal("start all, release parse[1]", run.Succeed("parse[1]").Next());
        Assert.Equal("succeeded", run.Succeed("all").Next());
        run.AssertNothingElse();
    }

    // assess (decision) -> ship when 1, keep when 0      ship -> tell, which hangs on the decision too
    [Fact]
    public void OnSucceeded_Decision_SkipsWhatItSaysNoTo()
    {
        var run = new SchedulerDriver("assess@g ship@g keep@g tell@g", "ship>tell", widths: "g3", decisions: 1, change: (name, step) => name switch
        {
            "assess" => step with { Decides = [0] },
            "keep" => step with { Guard = [Allows(0, true, false)] },
            _ => step with { Guard = [Allows(0, false, true)] },
        });

        Assert.Equal("start assess[0], start assess[1], start assess[2]", run.Next());
        Assert.Equal("skipped ship[0] as 0=0, skipped tell[0] as 0=0, start keep[0]", run.Succeed("assess[0]", value: 0).Next());
        Assert.Equal("skipped keep[1] as 0=1, start ship[1]", run.Succeed("assess[1]", value: 1).Next());
        Assert.Equal("start tell[1], release ship[1]", run.Succeed("ship[1]").Next());
        Assert.Equal("failed assess[2].1, blocked ship[2] by assess[2], blocked keep[2] by assess[2], blocked tell[2] by assess[2]", run.Fail("assess[2]").Next());
        Assert.Equal("failed", run.Succeed("keep[0]").Succeed("tell[1]").Next());
        run.AssertNothingElse();
    }

    // assess (decision) -> grid when 1 =g=> fit[g] => best        deep (decision) when 1 -> deeper
    [Fact]
    public void OnSucceeded_SkippedCollectionAndDecision_AreEmptyAndSaidNoTo()
    {
        var run = new SchedulerDriver("assess grid*g fit@g best deep deeper", "grid>fit fit>best", widths: "g3", decisions: 2, change: (name, step) => name switch
        {
            "assess" => step with { Decides = [0] },
            "grid" => step with { Guard = [Allows(0, false, true)] },
            "deep" => step with { Guard = [Allows(0, false, true)], Decides = [1] },
            "deeper" => step with { Guard = [Allows(1, true, true)] },
            _ => step,
        });

        Assert.Equal("start assess", run.Next());
        Assert.Equal("skipped grid as 0=0, skipped deep as 0=0, skipped deeper as 1=-1, start best", run.Succeed("assess", value: 0).Next());
        Assert.Equal("succeeded", run.Succeed("best").Next());
        run.AssertNothingElse();
    }

    // assess (decision) -> ship -> tell, which accepts failures and hangs on the decision through its input
    [Fact]
    public void OnAttemptFailed_DecisionThatIsInherited_IsUpToTheInput()
    {
        var run = new SchedulerDriver("assess ship tell", "ship>tell?", decisions: 1, change: (name, step) => name switch
        {
            "assess" => step with { Decides = [0], Contained = true },
            "ship" => step with { Guard = [Allows(0, false, true)], Contained = true },
            _ => step with { Guard = [Allows(0, false, true) with { IsInherited = true }] },
        });

        Assert.Equal("start assess", run.Next());
        Assert.Equal("failed assess.1, blocked ship by assess, start tell", run.Fail("assess").Next());
        Assert.Equal("succeeded", run.Succeed("tell").Next());
        run.AssertNothingElse();
    }

    // seed -> improve#i (2 attempts each) -> best
    [Fact]
    public void OnSucceeded_Again_RunsTheNextIterationWithItsInputsStillHeld()
    {
        var run = Loop();

        Assert.Equal("start seed", run.Next());
        Assert.Equal("start improve#0", run.Succeed("seed").Next());
        Assert.Equal("retry improve#0.1", run.Fail("improve#0").Next());
        Assert.Equal("start improve#0.2", run.RetryDue("improve#0").Next());
        Assert.Equal("start improve#1", run.Succeed("improve#0", again: true).Next());
        Assert.Equal("retry improve#1.1", run.Fail("improve#1").Next());
        Assert.Equal("start improve#1.2", run.RetryDue("improve#1").Next());
        Assert.Equal("release seed, start best, release improve", run.Succeed("improve#1").Next());
        Assert.Equal("succeeded", run.Succeed("best").Next());
        run.AssertNothingElse();
    }

    [Fact]
    public void OnAttemptFailed_AnIteration_FailsTheTaskAndNamesTheIteration()
    {
        var run = Loop();

        Assert.Equal("start seed", run.Next());
        Assert.Equal("start improve#0", run.Succeed("seed").Next());
        Assert.Equal("start improve#1", run.Succeed("improve#0", again: true).Next());
        Assert.Equal("failed improve#1.1, release seed, blocked best by improve#1, failed", run.Fail("improve#1", forGood: true).Next());
        run.AssertNothingElse();
    }

    private static SchedulerDriver Loop() => new("seed improve best", "seed>improve improve>best",
        change: static (name, step) => name == "improve" ? step with { IsLoop = true, MaxAttempts = 2 } : step);

    private static GuardDefinition Allows(int decision, params ImmutableArray<bool> values) => new(decision, values);
}
