namespace FlowGen.Scheduling;

/// <summary>
/// The tasks of a step in groups: those whose index agrees in the dimensions that the step shares with whoever waits for it. A group is complete when none of its tasks can appear any more
/// and all of them are done, each of which is told to those who wait, once.
/// </summary>
internal abstract class TaskGroups(StepState step, WaitKind kind, TaskSpace shared)
{
    protected StepState Step { get; } = step;

    protected WaitKind Kind { get; } = kind;

    /// <summary>The dimensions shared; each of its tasks stands for a group.</summary>
    public TaskSpace Shared { get; } = shared;

    public List<Waiter> Waiters { get; } = [];

    public static TaskGroups Of(StepState step, WaitKind kind, TaskSpace shared) =>
        shared.Parent is null ? new WholeStep(step, kind, shared) : shared == step.Space ? new SingleTasks(step, kind, shared) : new SharedGroups(step, kind, shared);

    /// <summary>Nodes of the step's tree have appeared; those of the last level are its tasks.</summary>
    public abstract void Appear(int level, in TaskBlock block);

    /// <summary>It is known what the children of a node are.</summary>
    public abstract void Expand(SchedulerCore core, int level, int node);

    /// <summary>Tasks are done.</summary>
    public abstract void Done(SchedulerCore core, int first, int count);

    /// <summary>Whether nothing of a group is waited for any more. Asked when tasks appear that wait for it.</summary>
    public abstract bool IsComplete(int group);

    /// <summary>Tasks failed or were blocked.</summary>
    public abstract void Spoil(int first, int count, int cause);

    /// <summary>The children of a node will never exist.</summary>
    public abstract void Lose(int level, int node, int cause);

    /// <summary>Number of the cause why a group is not acceptable, or 0 if it is.</summary>
    public abstract int CauseOf(int group, EdgeAccepts accepts);

    protected void Complete(SchedulerCore core, int group)
    {
        foreach (var waiter in Waiters)
        {
            if (waiter.Step.Space == Shared) Arrive(core, waiter.Step, group);
            else
                foreach (var range in waiter.ToGroup.Select(group))
                    for (var task = range.First; task < range.First + range.Count; task++) Arrive(core, waiter.Step, task);
        }
    }

    private void Arrive(SchedulerCore core, StepState step, int task)
    {
        var side = step.Side(Kind);
        if (--side.Missing[task] == 0 && side.Gates == 0) core.GoOn(Kind, step, task, 1);
    }
}
