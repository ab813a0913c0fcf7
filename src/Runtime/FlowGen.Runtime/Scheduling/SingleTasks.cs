namespace FlowGen.Scheduling;

/// <summary>Each task of a step as a group of its own: what those wait for who run in all of its dimensions.</summary>
internal sealed class SingleTasks(StepState step, WaitKind kind, TaskSpace shared) : TaskGroups(step, kind, shared)
{
    public override void Appear(int level, in TaskBlock block)
    {
        // The phases of the tasks say it all.
    }

    public override void Expand(SchedulerCore core, int level, int node)
    {
    }

    public override void Done(SchedulerCore core, int first, int count)
    {
        for (var task = first; task < first + count; task++) Complete(core, task);
    }

    public override bool IsComplete(int group) => Step.Phases[group] >= TaskPhase.Succeeded;

    public override void Spoil(int first, int count, int cause)
    {
        // The causes of the tasks say it all.
    }

    public override void Lose(int level, int node, int cause)
    {
    }

    public override int CauseOf(int group, EdgeAccepts accepts) => accepts == EdgeAccepts.Success ? Step.CauseOf(group) : 0;
}
