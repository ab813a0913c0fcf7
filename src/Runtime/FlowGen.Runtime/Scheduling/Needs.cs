namespace FlowGen.Scheduling;

/// <summary>Which outputs somebody may still need. A task takes its inputs when it starts; one that may be tried again keeps its claim until it is decided.</summary>
internal static class Needs
{
    /// <summary>The task needs its inputs no longer.</summary>
    public static void Take(SchedulerCore core, int step, int index)
    {
        foreach (var edge in core.Graph.Steps[step].Incoming)
        {
            if (edge is not { Kind: EdgeKind.Matching, CarriesData: true }) continue;
            core.Steps[edge.From].Held[index]--;
            ReleaseIfIdle(core, edge.From, index);
        }

        if (--core.Steps[step].Hungry == 0) Leave(core, step);
    }

    /// <summary>No task of the step needs inputs any more.</summary>
    public static void Leave(SchedulerCore core, int step)
    {
        foreach (var edge in core.Graph.Steps[step].Incoming)
            if (edge is { Kind: not EdgeKind.Matching, CarriesData: true } && --core.Steps[edge.From].Pins == 0) ReleaseIdle(core, edge.From);
    }

    /// <summary>Releases the task's outputs if there are any that were kept and nobody needs them.</summary>
    public static void ReleaseIfIdle(SchedulerCore core, int step, int index)
    {
        var state = core.Steps[step];
        if (state.HasReaders && state.IsIdle(index)) core.Commands.Add(new Command(CommandKind.Release, core.Address(step, index)));
    }

    private static void ReleaseIdle(SchedulerCore core, int step)
    {
        var state = core.Steps[step];
        for (var index = 0; index < state.Width; index++)
        {
            var start = index;
            while (index < state.Width && state.IsIdle(index)) index++;
            if (index > start) core.Commands.Add(new Command(CommandKind.Release, core.Address(step, start), index - start));
        }
    }
}
