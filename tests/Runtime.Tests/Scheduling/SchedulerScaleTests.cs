using FlowGen;
using FlowGen.CompilerServices;
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

    // days =d=> hours[d] =h=> fit[d,h] -> score[d,h] => daily[d] => all, a thousand by a thousand
    [Fact]
    public void MillionNestedItems_ThroughMatchedStepsAndGathers_TakeFewBytesEachAndKeepOnlyWhatIsInFlight()
    {
        const int width = 1_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = new SchedulerDriver("days*d hours@d*h fit@dh score@dh daily@d all", "days>hours hours>fit fit>score score>daily daily>all", new SchedulerLimits(2), $"d{width} h{width}");
        var (tasks, kept, most) = (0, 0, 0);
        DimensionWidth[] days = [new(0, width)], hours = [new(1, width)];
        while (Scheduler.TryStart(run.Core, out var task, out _))
        {
            tasks++;
            Scheduler.OnSucceeded(run.Core, task, task.Step switch { 0 => days, 1 => hours, _ => [] });
            if (task.Step < 5) kept++;
            foreach (var command in run.Core.Commands)
                if (command.Kind == CommandKind.Release) kept -= command.Count;
            most = Math.Max(most, kept);
            run.Core.Commands.Clear();
        }

        Assert.Equal(2 * width * width + 2 * width + 2, tasks);
        Assert.True(run.Core.Finished);
        Assert.Equal(0, kept);
        Assert.InRange(most, 1, 3 * width);
        Assert.True((GC.GetAllocatedBytesForCurrentThread() - before) / tasks < 32, $"{(GC.GetAllocatedBytesForCurrentThread() - before) / tasks} bytes a task");
    }

    // load -> fit[g] -> score[g], a million wide: what is blocked or skipped together is one record
    [Fact]
    public void MillionTasks_BlockedOrSkippedTogether_AreOneRecordAStep()
    {
        const int width = 1_000_000;
        foreach (var kind in new[] { CommandKind.RecordBlocked, CommandKind.RecordSkipped })
        {
            var run = new SchedulerDriver("load fit@g score@g best", "load>fit fit>score score>best", widths: "g" + width, decisions: 1, change: (name, step) => name switch
            {
                "load" => step with { Decides = [0] },
                "best" => step,
                _ => step with { Guard = [new GuardDefinition(0, [false])] },
            });
            Assert.True(Scheduler.TryStart(run.Core, out var load, out _));
            if (kind == CommandKind.RecordBlocked) Scheduler.OnAttemptFailed(run.Core, load);
            else Scheduler.OnSucceeded(run.Core, load, [], [new DecidedValue(0, 0)]);

            Assert.Equal([width, width], run.Core.Commands.Where(command => command.Kind == kind && command.Task.Step is 1 or 2).Select(command => command.Count));
            Assert.Equal(kind == CommandKind.RecordBlocked, run.Core.Finished);
        }
    }
}
