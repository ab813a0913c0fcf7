using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>How failure spreads: everything that needs what failed, directly or not, is blocked and will never start. Works through a list, as a chain of steps may be long.</summary>
internal static class Failure
{
    /// <summary>A task failed for good.</summary>
    public static void Fail(SchedulerCore core, int step, int index)
    {
        var cause = core.Address(step, index);
        core.AnyFailed = true;
        core.Steps[step].Phases[index] = TaskPhase.Failed;
        core.Steps[step].Spoiled = true;
        Progress.Decide(core, step);
        Spread(core, step, index, 1, cause);
        BlockAllListed(core, cause);
    }

    /// <summary>No task of the step can start; those of a dimension that is not known yet are blocked when it is.</summary>
    public static void BlockAll(SchedulerCore core, int step, TaskAddress cause)
    {
        core.ToBlock.Push((step, 0, int.MaxValue));
        BlockAllListed(core, cause);
    }

    private static void BlockAllListed(SchedulerCore core, TaskAddress cause)
    {
        while (core.ToBlock.TryPop(out var next))
        {
            var state = core.Steps[next.Step];
            if (next.Count == int.MaxValue) state.BlockedBy ??= cause;
            if (state.Open > 0) BlockRange(core, next.Step, next.First, Math.Min(next.Count, state.Width), cause);
        }
    }

    private static void BlockRange(SchedulerCore core, int step, int first, int count, TaskAddress cause)
    {
        var state = core.Steps[step];
        for (var index = first; index < first + count; index++)
        {
            var start = index;
            while (index < first + count && state.Phases[index] == TaskPhase.Waiting) state.Phases[index++] = TaskPhase.Blocked;
            if (index == start) continue;

            state.Spoiled = true;
            core.Commands.Add(new Command(CommandKind.RecordBlocked, core.Address(step, start), index - start) { Cause = cause });
            for (var blocked = start; blocked < index; blocked++)
            {
                Progress.Decide(core, step);
                Needs.Take(core, step, blocked);
            }

            Spread(core, step, start, index - start, cause);
        }
    }

    /// <summary>A dimension will never exist: all steps in it count as one task that is blocked.</summary>
    private static void Lose(SchedulerCore core, int dimension, TaskAddress cause)
    {
        for (var step = 0; step < core.Steps.Length; step++)
        {
            if (core.Graph.Steps[step].Dimension != dimension) continue;
            var state = core.Steps[step];
            core.OpenSteps--;
            core.Commands.Add(new Command(CommandKind.RecordBlocked, new TaskAddress(step)) { Cause = state.BlockedBy ?? cause });
            Needs.Leave(core, step);
            foreach (var edge in core.Graph.Steps[step].Outgoing)
                if (edge.Kind != EdgeKind.Matching) core.ToBlock.Push((edge.To, 0, int.MaxValue));
        }
    }

    private static void Spread(SchedulerCore core, int step, int first, int count, TaskAddress cause)
    {
        foreach (var edge in core.Graph.Steps[step].Outgoing)
            core.ToBlock.Push(edge.Kind == EdgeKind.Matching ? (edge.To, first, count) : (edge.To, 0, int.MaxValue));
        foreach (var dimension in core.Graph.Steps[step].Makes) Lose(core, dimension, cause);
    }
}
