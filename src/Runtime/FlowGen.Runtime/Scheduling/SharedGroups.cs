namespace FlowGen.Scheduling;

/// <summary>
/// Groups by some of a step's dimensions. A group can grow as long as a node above its tasks is not expanded, so the nodes of every level are counted, each under the part of the shared
/// dimensions that it has. Children are counted before their parent is taken off, so a group whose counts are all zero stays so.
/// </summary>
internal sealed class SharedGroups : TaskGroups
{
    private readonly Level[] _levels;

    public SharedGroups(StepState step, WaitKind kind, TaskSpace shared) : base(step, kind, shared)
    {
        _levels = new Level[step.Space.Scope.Length + 1];
        var (nodes, part) = (step.Space, shared);
        for (var level = _levels.Length - 1; level >= 0; level--)
        {
            _levels[level] = new Level(new TaskProjection(nodes, part), new TaskProjection(shared, part));
            if (level == 0) break;
            if (part.Parent is not null && part.Scope[^1] == nodes.Scope[^1]) part = part.Parent;
            nodes = nodes.Parent!;
        }

        _levels[0].Count(0, 1);
    }

    public override void Appear(int level, in TaskBlock block)
    {
        var (first, step) = _levels[level].OfNode.OfBlock(block.Parent);
        if (step == 0) _levels[level].Count(first, block.Width);
        else
            for (var i = 0; i < block.Width; i++) _levels[level].Count(first + i, 1);
    }

    public override void Expand(SchedulerCore core, int level, int node) => TakeOff(core, level, node);

    public override void Done(SchedulerCore core, int first, int count)
    {
        for (var task = first; task < first + count; task++) TakeOff(core, _levels.Length - 1, task);
    }

    public override bool IsComplete(int group)
    {
        foreach (var level in _levels)
            if (level.IsOpen(level.OfGroup.Of(group))) return false;
        return true;
    }

    public override void Spoil(int first, int count, int cause)
    {
        for (var task = first; task < first + count; task++) _levels[^1].Blame(_levels[^1].OfNode.Of(task), cause);
    }

    public override void Lose(int level, int node, int cause) => _levels[level].Blame(_levels[level].OfNode.Of(node), cause);

    public override int CauseOf(int group, EdgeAccepts accepts)
    {
        if (accepts == EdgeAccepts.Anything) return 0;
        for (var level = 0; level < _levels.Length - (accepts == EdgeAccepts.Failure ? 1 : 0); level++)
            if (_levels[level].CauseOf(_levels[level].OfGroup.Of(group)) is not 0 and var cause) return cause;
        return 0;
    }

    private void TakeOff(SchedulerCore core, int at, int node)
    {
        var part = _levels[at].OfNode.Of(node);
        if (!_levels[at].TakeOff(part)) return;
        if (at == _levels.Length - 1)
        {
            if (IsComplete(part)) Complete(core, part);
            return;
        }

        // What is above it is asked first: while something may still appear there, none of these groups can be complete, however many there are.
        var shared = _levels[at].OfGroup.To;
        for (var level = at - 1; level >= 0; level--)
        {
            var above = _levels[level].OfGroup.To;
            if (above != shared) part = shared.Locate(part).Parent;
            shared = above;
            if (_levels[level].IsOpen(part)) return;
        }

        foreach (var groups in _levels[at].OfGroup.Select(_levels[at].OfNode.Of(node)))
            for (var group = groups.First; group < groups.First + groups.Count; group++)
                if (IsComplete(group)) Complete(core, group);
    }

    /// <summary>The nodes of one level, counted by what they have of the shared dimensions; and who is to blame if not all of them are well.</summary>
    private sealed class Level(TaskProjection ofNode, TaskProjection ofGroup)
    {
        private int[] _open = [];
        private int[] _causes = [];

        public TaskProjection OfNode { get; } = ofNode;

        public TaskProjection OfGroup { get; } = ofGroup;

        public bool IsOpen(int part) => part < _open.Length && _open[part] != 0;

        public void Count(int part, int nodes) => At(ref _open, part) += nodes;

        /// <summary>Takes one node off; true if it was the last.</summary>
        public bool TakeOff(int part) => --_open[part] == 0;

        public int CauseOf(int part) => part < _causes.Length ? _causes[part] : 0;

        public void Blame(int part, int cause)
        {
            ref var known = ref At(ref _causes, part);
            if (known == 0) known = cause;
        }

        private static ref int At(ref int[] counts, int part)
        {
            if (part >= counts.Length) Array.Resize(ref counts, Math.Max(part + 1, (int)Math.Min(2L * counts.Length, Array.MaxLength)));
            return ref counts[part];
        }
    }
}
