namespace FlowGen.Scheduling;

/// <summary>Decides tasks, when all that they wait for is complete: by then the order in which it happened makes no difference. Works through a list, as a chain of steps may be long.</summary>
internal static class Fates
{
    /// <summary>What becomes of a task, and why: a number of a cause, or a decision.</summary>
    private readonly record struct Fate(TaskPhase Phase, int Cause = 0, DecidedValue Decided = default);

    /// <summary>Decides all that can be decided, and what follows from it.</summary>
    public static void DecideAll(SchedulerCore core)
    {
        while (core.Undecided.TryTake(out var tasks))
        {
            var (step, first, end) = (tasks.Step, tasks.First, tasks.First + tasks.Count);
            if (step.Guards.Length == 0 && !step.SeesFailures)
            {
                Ready(core, step, first, tasks.Count);
                continue;
            }

            while (first < end)
            {
                var (start, fate) = (first++, Of(core, step, first - 1));
                while (first < end && Of(core, step, first) == fate) first++;
                if (fate.Phase == TaskPhase.Waiting) Ready(core, step, start, first - start);
                else Decide(core, step, start, first - start, fate);
            }
        }
    }

    /// <summary>A task ended.</summary>
    public static void Succeed(SchedulerCore core, StepState step, int task)
    {
        step.Phases[task] = TaskPhase.Succeeded;
        if (step.IsIdle(task)) Outputs.ReleaseIdle(core, step, task, 1);
        Done(core, step, task, 1, isFed: step.Definition.IsFedAtStart);
    }

    /// <summary>A task failed for good.</summary>
    public static void Fail(SchedulerCore core, StepState step, int task)
    {
        core.Causes.Add(step.AddressOf(task));
        step.Phases[task] = TaskPhase.Failed;
        Blame(core, step, task, 1, core.Causes.Count);
        Growth.Make(core, step, task, 1, TaskPhase.Failed);
        Done(core, step, task, 1, isFed: step.Definition.IsFedAtStart);
    }

    /// <summary>Something of the step failed or was blocked.</summary>
    public static void Spoil(SchedulerCore core, StepState step)
    {
        if (!step.Definition.Contained) core.Fail();
        foreach (var edge in step.Definition.Outgoing) core.Steps[edge.To].SeesFailures = true;
    }

    /// <summary>Tasks need their inputs no longer.</summary>
    public static void Feed(SchedulerCore core, StepState step, int first, int count)
    {
        foreach (var groups in step.Release.Groups) groups.Done(core, first, count);
    }

    private static void Ready(SchedulerCore core, StepState step, int first, int count)
    {
        step.Ready.AddRange(first, count);
        core.Review(step);
    }

    private static void Decide(SchedulerCore core, StepState step, int first, int count, Fate fate)
    {
        step.Phases.AsSpan(first, count).Fill(fate.Phase);
        if (fate.Phase == TaskPhase.Skipped) core.Wish(step, first, count, new Command(CommandKind.RecordSkipped, default) { Decided = fate.Decided });
        else
        {
            core.Wish(step, first, count, new Command(CommandKind.RecordBlocked, default) { Cause = core.Causes[fate.Cause - 1] });
            Blame(core, step, first, count, fate.Cause);
        }

        Growth.Make(core, step, first, count, fate.Phase);
        Done(core, step, first, count, isFed: false);
    }

    private static void Blame(SchedulerCore core, StepState step, int first, int count, int cause)
    {
        Spoil(core, step);
        step.Blame(first, count, cause);
        foreach (var groups in step.Fate.Groups) groups.Spoil(first, count, cause);
    }

    private static void Done(SchedulerCore core, StepState step, int first, int count, bool isFed)
    {
        foreach (var groups in step.Fate.Groups) groups.Done(core, first, count);
        if (!isFed) Feed(core, step, first, count);
    }

    private static Fate Of(SchedulerCore core, StepState step, int task)
    {
        foreach (var guard in step.Guards)
        {
            var decider = guard.Decider is null ? 0 : guard.ToDecider!.Of(task);
            switch (guard.Decider?.Phases[decider] ?? TaskPhase.Succeeded)
            {
                case TaskPhase.Skipped:
                    return new Fate(TaskPhase.Skipped, Decided: new DecidedValue(guard.Decision, -1));
                case TaskPhase.Succeeded when core.DecisionValues[guard.Decision][decider] is var value && !guard.Definition.Allowed[value]:
                    return new Fate(TaskPhase.Skipped, Decided: new DecidedValue(guard.Decision, value));
            }
        }

        if (step.SeesFailures)
            foreach (var input in step.Inputs)
                if (input.Groups.CauseOf(input.ToGroup.Of(task), input.Accepts) is not 0 and var cause) return new Fate(TaskPhase.Blocked, cause);
        return new Fate(TaskPhase.Waiting);
    }
}
