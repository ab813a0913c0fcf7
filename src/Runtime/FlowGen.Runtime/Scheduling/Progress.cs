namespace FlowGen.Scheduling;

/// <summary>How success opens the way for what waits.</summary>
internal static class Progress
{
    /// <summary>The width of a dimension is known: its tasks exist from now on.</summary>
    public static void Size(SchedulerCore core, DimensionWidth made)
    {
        for (var step = 0; step < core.Steps.Length; step++)
            if (core.Graph.Steps[step].Dimension == made.Dimension) core.Steps[step].Size(made.Width);

        for (var step = 0; step < core.Steps.Length; step++)
        {
            if (core.Graph.Steps[step].Dimension != made.Dimension) continue;
            var state = core.Steps[step];
            if (made.Width == 0)
            {
                Close(core, step);
                Needs.Leave(core, step);
            }
            else if (state.BlockedBy is { } cause) Failure.BlockAll(core, step, cause);
            else OpenGate(core, step);
        }
    }

    public static void Succeed(SchedulerCore core, int step, int index, ReadOnlySpan<DimensionWidth> made)
    {
        var state = core.Steps[step];
        state.Phases[index] = TaskPhase.Succeeded;
        Needs.ReleaseIfIdle(core, step, index);
        foreach (var edge in core.Graph.Steps[step].Outgoing)
        {
            if (edge.Kind == EdgeKind.Single) OpenGate(core, edge.To);
            else if (edge.Kind == EdgeKind.Matching) Arrive(core, edge.To, index);
        }

        foreach (var dimension in made) Size(core, dimension);
        Decide(core, step);
    }

    /// <summary>One more task of the step is decided.</summary>
    public static void Decide(SchedulerCore core, int step)
    {
        if (--core.Steps[step].Open == 0) Close(core, step);
    }

    /// <summary>All tasks of the step may start as far as steps waited for as a whole are concerned.</summary>
    public static void Open(SchedulerCore core, int step)
    {
        var state = core.Steps[step];
        if (state.Matched == 0) state.Ready.Fill(state.Width);
        else
            for (var index = 0; index < state.Width; index++)
                if (state.Missing[index] == 0) state.Ready.Add(index);
        core.Review(step);
    }

    private static void OpenGate(SchedulerCore core, int step)
    {
        if (--core.Steps[step].Gates == 0) Open(core, step);
    }

    private static void Arrive(SchedulerCore core, int step, int index)
    {
        var state = core.Steps[step];
        if (--state.Missing[index] > 0 || state.Gates > 0) return;
        state.Ready.Add(index);
        core.Review(step);
    }

    private static void Close(SchedulerCore core, int step)
    {
        core.OpenSteps--;
        if (core.Steps[step].Spoiled) return;
        foreach (var edge in core.Graph.Steps[step].Outgoing)
            if (edge.Kind == EdgeKind.Every) OpenGate(core, edge.To);
    }
}
