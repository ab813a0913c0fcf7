using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>
/// Decides what may run next: events in, commands out (<see cref="SchedulerCore.Commands"/>). Every event costs time in proportion to what it changes, never to the width of a
/// dimension, but for one pass over a step's tasks when the step opens, is blocked as a whole, or is no longer needed.
/// </summary>
internal static class Scheduler
{
    /// <summary>The run starts; <paramref name="known"/> are the dimensions made by parameters.</summary>
    public static void OnStarted(SchedulerCore core, ReadOnlySpan<DimensionWidth> known)
    {
        for (var step = 0; step < core.Steps.Length; step++)
            if (core.Graph.Steps[step].Dimension < 0) core.Steps[step].Size(1);
        foreach (var dimension in known) Progress.Size(core, dimension);
        for (var step = 0; step < core.Steps.Length; step++)
            if (core.Graph.Steps[step].Dimension < 0 && core.Steps[step].Gates == 0) Progress.Open(core, step);
        Settle(core);
    }

    /// <summary>Gives the next task to start, if there is one and the limits allow it. The caller must take the inputs before it carries out further commands.</summary>
    public static bool TryStart(SchedulerCore core, out TaskAddress task, out int attempt)
    {
        (task, attempt) = (default, 0);
        if (!core.HasStartable) return false;

        var step = core.BestStep;
        var state = core.Steps[step];
        var index = state.Ready.Min;
        state.Ready.Remove(index);
        state.Phases[index] = TaskPhase.Running;
        state.Running++;
        core.InFlight++;
        core.Review(step);

        task = core.Address(step, index);
        attempt = 1 + core.FailedAttempts.GetValueOrDefault(task);
        if (core.Graph.Steps[step].MaxAttempts == 1) Needs.Take(core, step, index);
        return true;
    }

    /// <summary>An attempt succeeded; <paramref name="made"/> are the dimensions whose collections are among its outputs.</summary>
    public static void OnSucceeded(SchedulerCore core, TaskAddress task, ReadOnlySpan<DimensionWidth> made)
    {
        var index = EndAttempt(core, task, abandoned: false);
        core.FailedAttempts.Remove(task);
        Progress.Succeed(core, task.Step, index, made);
        if (core.Graph.Steps[task.Step].MaxAttempts > 1) Needs.Take(core, task.Step, index);
        Settle(core);
    }

    /// <summary>Whether all that the task needs is there.</summary>
    public static bool CanTakeOver(SchedulerCore core, TaskAddress task)
    {
        var (state, index) = (core.Steps[task.Step], Math.Max(task.Index.Last, 0));
        return index < state.Width && state.Ready.Contains(index);
    }

    /// <summary>An earlier run's outputs stand for the task's own. False, and nothing changes, if the task could not start now: something it needs was not taken over and may turn out different.</summary>
    public static bool OnTakenOver(SchedulerCore core, TaskAddress task, ReadOnlySpan<DimensionWidth> made)
    {
        if (!CanTakeOver(core, task)) return false;
        var index = Math.Max(task.Index.Last, 0);
        core.Steps[task.Step].Ready.Remove(index);
        core.Review(task.Step);
        Progress.Succeed(core, task.Step, index, made);
        Needs.Take(core, task.Step, index);
        Settle(core);
        return true;
    }

    /// <summary>An attempt failed. <paramref name="abandoned"/>: its time was up, but its code still runs.</summary>
    public static void OnAttemptFailed(SchedulerCore core, TaskAddress task, bool abandoned = false)
    {
        var index = EndAttempt(core, task, abandoned);
        var state = core.Steps[task.Step];
        var attempt = 1 + core.FailedAttempts.GetValueOrDefault(task);
        var limit = core.Graph.Steps[task.Step].MaxAttempts;
        if (attempt < limit)
        {
            core.FailedAttempts[task] = attempt;
            state.Phases[index] = TaskPhase.Retrying;
            core.Commands.Add(new Command(CommandKind.ArmRetry, task) { Attempt = attempt });
        }
        else
        {
            core.FailedAttempts.Remove(task);
            core.Commands.Add(new Command(CommandKind.RecordFailure, task) { Attempt = attempt });
            Failure.Fail(core, task.Step, index);
            if (limit > 1) Needs.Take(core, task.Step, index);
        }

        Settle(core);
    }

    /// <summary>An attempt ended because the run was stopped; the task stays undecided.</summary>
    public static void OnCancelled(SchedulerCore core, TaskAddress task, bool abandoned = false)
    {
        core.Steps[task.Step].Phases[EndAttempt(core, task, abandoned)] = TaskPhase.Waiting;
        Settle(core);
    }

    /// <summary>The backoff of a task is over.</summary>
    public static void OnRetryDue(SchedulerCore core, TaskAddress task)
    {
        var (state, index) = (core.Steps[task.Step], Math.Max(task.Index.Last, 0));
        if (state.Phases[index] != TaskPhase.Retrying) throw Impossible(task, state.Phases[index]);
        state.Phases[index] = TaskPhase.Waiting;
        state.Ready.Add(index);
        core.Review(task.Step);
    }

    /// <summary>The code of an attempt that had been given up has returned at last.</summary>
    public static void OnAbandonedReturned(SchedulerCore core, TaskAddress task)
    {
        core.Abandoned--;
        core.Steps[task.Step].Running--;
        core.Review(task.Step);
    }

    /// <summary>Somebody stopped the run: what runs may end, nothing starts.</summary>
    public static void OnStopped(SchedulerCore core)
    {
        core.Stopped = true;
        Settle(core);
    }

    private static int EndAttempt(SchedulerCore core, TaskAddress task, bool abandoned)
    {
        var (state, index) = (core.Steps[task.Step], Math.Max(task.Index.Last, 0));
        if (state.Phases[index] != TaskPhase.Running) throw Impossible(task, state.Phases[index]);
        core.InFlight--;
        if (abandoned) core.Abandoned++;
        else
        {
            state.Running--;
            core.Review(task.Step);
        }

        return index;
    }

    private static void Settle(SchedulerCore core)
    {
        var draining = core.Stopped || (core.Limits.FailFast && core.AnyFailed);
        if (core.Finished || !(core.OpenSteps == 0 || (draining && core.InFlight == 0))) return;
        core.Finished = true;
        var status = core.OpenSteps > 0 && core.Stopped ? RunStatus.Cancelled : core.AnyFailed ? RunStatus.Failed : RunStatus.Succeeded;
        core.Commands.Add(new Command(CommandKind.FinishRun, default) { Status = status });
    }

    private static InvalidOperationException Impossible(TaskAddress task, TaskPhase phase) =>
        new($"The scheduler was told something of task {task} that cannot be: it is {phase}.");
}
