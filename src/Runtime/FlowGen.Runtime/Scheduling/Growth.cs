namespace FlowGen.Scheduling;

/// <summary>What happens when collections become known. Blocks appear together: first all that is new is counted, then its tasks see what they wait for, and only then their parents are taken off.</summary>
internal static class Growth
{
    /// <summary>Collections that tasks made, or that will never be: what happened to the tasks happened to their collections.</summary>
    public static void Make(SchedulerCore core, StepState maker, int first, int count, TaskPhase phase)
    {
        if (maker.Definition.Makes.IsEmpty) return;
        for (var task = first; task < first + count; task++)
        {
            foreach (var dimension in maker.Definition.Makes)
            {
                if (phase == TaskPhase.Skipped) core.Spaces.Size(dimension, task, 0, core.Appeared);
                else core.Spaces.Lose(dimension, task, core.Appeared);
            }
        }

        Apply(core);
    }

    public static void Size(SchedulerCore core, int collection, ReadOnlySpan<DimensionWidth> made)
    {
        foreach (var (dimension, width) in made) core.Spaces.Size(dimension, collection, width, core.Appeared);
        Apply(core);
    }

    private static void Apply(SchedulerCore core)
    {
        if (core.Appeared.Count == 0) return;
        foreach (var block in core.Appeared)
        {
            if (block.Width == 0 || !core.Below.TryGetValue(block.Space, out var below)) continue;
            foreach (var step in below)
            {
                Count(step.Fate, block);
                Count(step.Release, block);
                if (step.Space == block.Space) step.Grow();
            }
        }

        foreach (var block in core.Appeared)
        {
            if (block.Width == 0 || !core.Below.TryGetValue(block.Space, out var below)) continue;
            foreach (var step in below)
            {
                if (step.Space != block.Space) continue;
                CountMissing(step.Release, block);
                CountMissing(step.Fate, block);
                if (step.Fate.Gates == 0) GoOn(core, step, block);
            }
        }

        for (var next = 0; next < core.Appeared.Count;)
        {
            var (start, space) = (next, core.Appeared[next].Space);
            while (next < core.Appeared.Count && core.Appeared[next].Space == space) next++;
            if (!core.Below.TryGetValue(space, out var below)) continue;
            foreach (var step in below)
                for (var at = start; at < next; at++) TakeOffParent(core, step, core.Appeared[at]);
        }

        core.Appeared.Clear();
    }

    private static void Count(WaitSide side, in TaskBlock block)
    {
        foreach (var groups in side.Groups) groups.Appear(block.Space.Scope.Length, block);
    }

    private static void CountMissing(WaitSide side, in TaskBlock block)
    {
        var missing = side.Missing.AsSpan(side.ByGroup.Count == 0 ? 0 : block.First, side.ByGroup.Count == 0 ? 0 : block.Width);
        foreach (var waiter in side.ByGroup)
        {
            var (first, step) = waiter.ToGroup.OfBlock(block.Parent);
            if (step > 0)
                for (var i = 0; i < missing.Length; i++) missing[i] += waiter.Groups.IsComplete(first + i) ? (ushort)0 : (ushort)1;
            else if (!waiter.Groups.IsComplete(first))
                foreach (ref var count in missing) count++;
        }
    }

    private static void GoOn(SchedulerCore core, StepState step, in TaskBlock block)
    {
        var missing = step.Fate.Missing;
        if (missing.Length == 0) core.Undecided.Add(step, block.First, block.Width);
        else
            for (var task = block.First; task < block.First + block.Width; task++)
                if (missing[task] == 0) core.Undecided.Add(step, task, 1);
    }

    private static void TakeOffParent(SchedulerCore core, StepState step, in TaskBlock block)
    {
        var level = block.Space.Scope.Length - 1;
        if (block.IsLost)
        {
            var (dimension, parents) = (block.Space.Scope[^1], block.Space.Parent!);
            var cause = core.Steps[core.Graph.Makers[dimension]].CauseOf(block.Collection);
            Fates.Spoil(core, step);
            foreach (var groups in step.Fate.Groups) groups.Lose(level, block.Parent, cause);
            core.Wish(step, parents, block.Parent, 1, new Command(CommandKind.RecordBlocked, default) { Cause = core.Causes[cause - 1] });
        }

        foreach (var groups in step.Fate.Groups) groups.Expand(core, level, block.Parent);
        foreach (var groups in step.Release.Groups) groups.Expand(core, level, block.Parent);
    }
}
