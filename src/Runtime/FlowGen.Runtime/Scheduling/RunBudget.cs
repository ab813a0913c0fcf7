namespace FlowGen.Scheduling;

/// <summary>
/// What the attempts of a run may use together: those of its own flow and those of the sub-flows that are open. A task that is a sub-flow takes no slot, or sub-flows could hold all slots that their own
/// tasks need; how many are open at the same time is limited for each depth, so that one can always open those inside it.
/// </summary>
internal sealed class RunBudget(SchedulerLimits limits)
{
    private readonly List<SchedulerCore> _cores = [];
    private readonly List<int> _open = [];

    public SchedulerLimits Limits { get; } = limits;

    /// <summary>Attempts that take a slot, abandoned ones included.</summary>
    public int InUse { get; private set; }

    public long FreeMilliCpus { get; private set; } = limits.MilliCpus;

    public long FreeMemory { get; private set; } = limits.Memory;

    /// <summary>Whether nothing new starts any more, because a failure that fails the run is enough.</summary>
    public bool IsDraining { get; set; }

    public bool HasRoom => InUse < Limits.MaxParallel;

    /// <summary>Whether a flow at a depth may open another sub-flow.</summary>
    public bool CanOpen(int depth) => depth >= _open.Count || _open[depth] < Limits.MaxOpen;

    /// <summary>A flow is there, or is over.</summary>
    public void Enter(SchedulerCore core) => _cores.Add(core);

    public void Leave(SchedulerCore core) => _cores.Remove(core);

    /// <summary>Attempts take slots, or give them back.</summary>
    public void Use(int attempts) => InUse += attempts;

    /// <summary>Attempts take what their step needs, or give it back.</summary>
    public void Use(int attempts, TaskGraphStep needs)
    {
        FreeMilliCpus -= attempts * needs.MilliCpus;
        FreeMemory -= attempts * needs.Memory;
        foreach (var core in _cores) core.ReviewDemanding();
    }

    /// <summary>Sub-flows open, or are over.</summary>
    public void Open(int depth, int flows)
    {
        while (_open.Count <= depth) _open.Add(0);
        var could = CanOpen(depth);
        _open[depth] += flows;
        if (could == CanOpen(depth)) return;
        foreach (var core in _cores)
            if (core.Depth == depth) core.ReviewOpening();
    }
}
