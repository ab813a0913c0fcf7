namespace FlowGen.Scheduling;

/// <summary>Lets go of outputs that nobody needs any more. A task takes its inputs when it starts; one that may start again keeps its claim until it is decided.</summary>
internal static class Outputs
{
    public static void ReleaseIdle(SchedulerCore core, StepState step, int first, int count)
    {
        if (!step.Definition.KeepsOutputs) return;
        for (var (task, end) = (first, first + count); task < end; task++)
        {
            var start = task;
            while (task < end && step.IsIdle(task)) task++;
            core.Wish(step, start, task - start, new Command(CommandKind.Release, default));
        }
    }
}
