using FlowGen;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

public class SchedulerScaleTests
{
    // grid =g=> fit[g] -> score[g] => best, a million wide
    [Fact]
    public void MillionItems_ThroughTwoMatchedSteps_TakeFewBytesEach()
    {
        const int width = 1_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = new SchedulerDriver("grid*g fit@g score@g best", "grid>fit fit>score score>best", new SchedulerLimits(2), "g" + width);
        var tasks = 0;
        while (Scheduler.TryStart(run.Core, out var task, out _))
        {
            tasks++;
            Scheduler.OnSucceeded(run.Core, task, task.Step == 0 ? [new DimensionWidth(0, width)] : []);
            run.Core.Commands.Clear();
        }

        Assert.Equal(2 * width + 2, tasks);
        Assert.True(run.Core.Finished);
        Assert.True((GC.GetAllocatedBytesForCurrentThread() - before) / tasks < 8, "bytes a task");
    }

    // grid =g=> fit[g] => report[h]: every failure reaches a wide step that is blocked already
    [Fact]
    public void MillionFailures_IntoAWideStep_CostNoScanEach()
    {
        const int width = 1_000_000;
        var run = new SchedulerDriver("fit@g report@h", "fit>report", new SchedulerLimits(2), $"g{width} h{width}");
        var tasks = 0;
        while (Scheduler.TryStart(run.Core, out var task, out _))
        {
            tasks++;
            Scheduler.OnAttemptFailed(run.Core, task);
        }

        Assert.Equal(width, tasks);
        Assert.Equal(width, run.Core.Commands.Count(command => command.Kind == CommandKind.RecordFailure));
        Assert.Equal(width, Assert.Single(run.Core.Commands, command => command.Kind == CommandKind.RecordBlocked).Count);
        Assert.Equal(RunStatus.Failed, run.Core.Commands[^1].Status);
    }
}
