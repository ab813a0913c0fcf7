namespace FlowGen.Scheduling;

/// <summary>Connects the steps of a new run: who waits for which groups of whose tasks.</summary>
internal static class Wiring
{
    public static void Connect(SchedulerCore core)
    {
        foreach (var edge in core.Graph.Steps.SelectMany(static step => step.Incoming))
        {
            var (from, to) = (core.Steps[edge.From], core.Steps[edge.To]);
            var shared = core.Spaces.Of([.. from.Space.Scope.Where(to.Space.Scope.Contains)]);
            to.Inputs.Add(Wait(WaitKind.Fate, to, from, shared, edge.Accepts));
            // The outputs of the one wait for the tasks of the other.
            if (edge.CarriesData) Wait(WaitKind.Release, from, to, shared, EdgeAccepts.Anything);
        }

        foreach (var step in core.Steps)
        {
            // What makes a run end: that every step is decided as a whole.
            GroupsOf(step, WaitKind.Fate, core.Spaces.Of([]));
            step.Guards = [.. step.Definition.Guard.Select(guard => GuardOf(core, step, guard))];
            for (var space = step.Space; space is not null; space = space.Parent)
            {
                if (!core.Below.TryGetValue(space, out var below)) core.Below.Add(space, below = []);
                below.Add(step);
            }
        }
    }

    private static Waiter Wait(WaitKind kind, StepState step, StepState other, TaskSpace shared, EdgeAccepts accepts)
    {
        var groups = GroupsOf(other, kind, shared);
        var waiter = new Waiter(step, groups, new TaskProjection(step.Space, shared), accepts);
        groups.Waiters.Add(waiter);
        if (shared.Parent is null) step.Side(kind).Gates++;
        else step.Side(kind).ByGroup.Add(waiter);
        return waiter;
    }

    private static TaskGroups GroupsOf(StepState step, WaitKind kind, TaskSpace shared)
    {
        var all = step.Side(kind).Groups;
        if (all.Find(groups => groups.Shared == shared) is { } known) return known;
        var made = TaskGroups.Of(step, kind, shared);
        all.Add(made);
        return made;
    }

    private static GuardState GuardOf(SchedulerCore core, StepState step, CompilerServices.GuardDefinition guard)
    {
        var decider = core.Graph.Deciders[guard.Decision] is >= 0 and var position ? core.Steps[position] : null;
        return new GuardState(guard.Decision, guard, decider, decider is null ? null : new TaskProjection(step.Space, decider.Space));
    }
}
