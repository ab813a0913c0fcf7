using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>
/// Decides what may run next: events in, commands out (<see cref="SchedulerCore.Commands"/>). Every event costs time in proportion to what it changes, never to the width of a
/// dimension, but for one pass over a step's tasks when the step opens, is decided as a whole, or is no longer needed.
/// </summary>
internal static class Scheduler
{
    /// <summary>The run starts; <paramref name="known"/> are the dimensions and <paramref name="decided"/> the decisions made by parameters.</summary>
    public static void OnStarted(SchedulerCore core, ReadOnlySpan<DimensionWidth> known, ReadOnlySpan<DecidedValue> decided)
    {
        Note(core, 0, decided);
        foreach (var step in core.Steps)
        {
            if (step.Space.Parent is not null) continue;
            step.Grow();
            if (step.Fate.Gates == 0) core.Undecided.Add(step, 0, 1);
        }

        Growth.Size(core, 0, known);
        Settle(core);
    }

    /// <summary>Gives the next task to start, if there is one and the limits allow it. The caller must take the inputs before it carries out further commands.</summary>
    public static bool TryStart(SchedulerCore core, out TaskAddress task, out int attempt)
    {
        (task, attempt) = (default, 0);
        if (!core.HasStartable) return false;

        var step = core.BestStep;
        var ordinal = step.Ready.Min;
        step.Ready.Remove(ordinal);
        step.Phases[ordinal] = TaskPhase.Running;
        core.InFlight++;
        core.Use(step, 1);

        task = step.AddressOf(ordinal);
        attempt = 1 + core.FailedAttempts.GetValueOrDefault((step.Position, ordinal)).Count;
        if (step.Definition.IsFedAtStart) Fates.Feed(core, step, ordinal, 1);
        return true;
    }

    /// <summary>An attempt succeeded.</summary>
    /// <param name="core">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="made">The dimensions whose collections are among its outputs.</param>
    /// <param name="decided">The decisions that are among its outputs.</param>
    /// <param name="again">Of a loop: there is a next iteration.</param>
    public static void OnSucceeded(SchedulerCore core, TaskAddress task, ReadOnlySpan<DimensionWidth> made, ReadOnlySpan<DecidedValue> decided = default, bool again = false)
    {
        var (step, ordinal) = EndAttempt(core, task, abandoned: false);
        core.FailedAttempts.Remove((step.Position, ordinal));
        if (again) Repeat(core, step, ordinal, task.Iteration + 1);
        else Succeed(core, step, ordinal, made, decided);
        Settle(core);
    }

    /// <summary>A task that has just started failed before, when somebody else drove the run.</summary>
    public static void OnInherited(SchedulerCore core, TaskAddress task, FailedAttempts failed)
    {
        if (failed.Count > 0) core.FailedAttempts[(task.Step, core.Find(task))] = failed;
    }

    /// <summary>An attempt failed.</summary>
    /// <param name="core">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="abandoned">Its time was up, but its code still runs.</param>
    /// <param name="forGood">Another attempt would fail alike.</param>
    /// <param name="isSystem">The place where it ran was lost, which has a budget of its own if the step has one.</param>
    public static void OnAttemptFailed(SchedulerCore core, TaskAddress task, bool abandoned = false, bool forGood = false, bool isSystem = false)
    {
        var (step, ordinal) = EndAttempt(core, task, abandoned);
        var failed = core.FailedAttempts.GetValueOrDefault((step.Position, ordinal)).And(isSystem && step.Definition.SystemRetries > 0);
        var attempt = failed.Count;
        if (failed.Own < step.Definition.MaxAttempts && failed.System <= step.Definition.SystemRetries && !forGood)
        {
            core.FailedAttempts[(step.Position, ordinal)] = failed;
            step.Phases[ordinal] = TaskPhase.Retrying;
            core.Commands.Add(new Command(CommandKind.ArmRetry, task) { Attempt = attempt });
        }
        else
        {
            core.FailedAttempts.Remove((step.Position, ordinal));
            core.Commands.Add(new Command(CommandKind.RecordFailure, task) { Attempt = attempt });
            Fates.Fail(core, step, ordinal);
        }

        Settle(core);
    }

    /// <summary>The task did not start after all: another one makes its result. It is tried again like one whose backoff is over.</summary>
    public static void OnPutBack(SchedulerCore core, TaskAddress task)
    {
        var (step, ordinal) = EndAttempt(core, task, abandoned: false);
        step.Phases[ordinal] = TaskPhase.Retrying;
        Settle(core);
    }

    /// <summary>An attempt ended because the run was stopped; the task stays undecided.</summary>
    public static void OnCancelled(SchedulerCore core, TaskAddress task, bool abandoned = false)
    {
        var (step, ordinal) = EndAttempt(core, task, abandoned);
        step.Phases[ordinal] = TaskPhase.Waiting;
        Settle(core);
    }

    /// <summary>The backoff of a task is over.</summary>
    public static void OnRetryDue(SchedulerCore core, TaskAddress task)
    {
        var (step, ordinal) = (core.Steps[task.Step], core.Find(task));
        if (step.Phases[ordinal] != TaskPhase.Retrying) throw Impossible(task, step.Phases[ordinal]);
        step.Phases[ordinal] = TaskPhase.Waiting;
        step.Ready.Add(ordinal);
        core.Review(step);
    }

    /// <summary>The code of an attempt that had been given up has returned at last.</summary>
    public static void OnAbandonedReturned(SchedulerCore core, TaskAddress task)
    {
        var step = core.Steps[task.Step];
        core.Use(step, -1);
    }

    /// <summary>Attempts of a step may not start for a while, or may again.</summary>
    public static void OnHeld(SchedulerCore core, int step, bool isHeld)
    {
        core.Steps[step].IsHeld = isHeld;
        core.Review(core.Steps[step]);
    }

    /// <summary>Somebody stopped the run: what runs may end, nothing starts.</summary>
    public static void OnStopped(SchedulerCore core)
    {
        core.Stopped = true;
        Settle(core);
    }

    /// <summary>A failure in another flow of the run is enough: nothing starts any more.</summary>
    public static void OnFailedElsewhere(SchedulerCore core) => Settle(core);

    private static (StepState Step, int Task) EndAttempt(SchedulerCore core, TaskAddress task, bool abandoned)
    {
        var (step, ordinal) = (core.Steps[task.Step], core.Find(task));
        var phase = ordinal < 0 ? TaskPhase.Waiting : step.Phases[ordinal];
        if (phase != TaskPhase.Running || step.IterationOf(ordinal) != task.Iteration) throw Impossible(task, phase);
        core.InFlight--;
        // One that was given up uses what the limits count until its code returns (M5).
        if (!abandoned) core.Use(step, -1);
        return (step, ordinal);
    }

    private static void Repeat(SchedulerCore core, StepState step, int task, int iteration)
    {
        step.SetIteration(task, iteration);
        step.Phases[task] = TaskPhase.Waiting;
        step.Ready.Add(task);
        core.Review(step);
    }

    private static void Succeed(SchedulerCore core, StepState step, int task, ReadOnlySpan<DimensionWidth> made, ReadOnlySpan<DecidedValue> decided)
    {
        Note(core, task, decided);
        Growth.Size(core, task, made);
        Fates.Succeed(core, step, task);
    }

    private static void Note(SchedulerCore core, int task, ReadOnlySpan<DecidedValue> decided)
    {
        foreach (var (decision, value) in decided)
        {
            ref var values = ref core.DecisionValues[decision];
            if (task >= values.Length) Array.Resize(ref values, Math.Max(task + 1, (int)Math.Min(2L * values.Length, Array.MaxLength)));
            values[task] = checked((ushort)value);
        }
    }

    private static void Settle(SchedulerCore core)
    {
        Fates.DecideAll(core);
        if (core.Finished || !(core.OpenSteps == 0 || (core.IsDraining && core.InFlight == 0))) return;
        core.Finished = true;
        // Without a failure of its own, what is left was stopped by somebody, or by a failure elsewhere in the run.
        var status = core.OpenSteps > 0 && (core.Stopped || !core.AnyFailed) ? RunStatus.Cancelled : core.AnyFailed ? RunStatus.Failed : RunStatus.Succeeded;
        core.Commands.Add(new Command(CommandKind.FinishRun, default) { Status = status });
    }

    private static InvalidOperationException Impossible(TaskAddress task, TaskPhase phase) =>
        new($"The scheduler was told something of task {task} that cannot be: it is {phase}.");
}
