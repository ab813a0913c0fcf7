using FlowGen.Runs;

namespace FlowGen.Scheduling;

/// <summary>
/// All that the scheduler knows of a run. Changed by <see cref="Scheduler"/> only, one event at a time; it has no lock, clock, randomness or I/O of its own.
/// Wishes collect in <see cref="Commands"/>; whoever reports an event carries them out in order, empties the list, and then asks <see cref="Scheduler.TryStart"/>.
/// </summary>
internal sealed class SchedulerCore
{
    private readonly int[] _rankOf;
    private readonly int[] _stepAt;
    private readonly IndexSet _startable = new(0);
    private readonly IndexSet _openable = new(0);
    private readonly StepState[] _demanding;
    private readonly StepState[] _subFlows;

    /// <summary>The scheduler of a run that has no other.</summary>
    public SchedulerCore(TaskGraph graph, SchedulerLimits limits) : this(graph, new RunBudget(limits)) => Budget.Enter(this);

    /// <param name="graph">The flow.</param>
    /// <param name="budget">Shared with the other flows of the run; the caller enters this one.</param>
    /// <param name="depth">How many flows it is inside of.</param>
    /// <param name="failsRun">Whether its failure fails the run.</param>
    public SchedulerCore(TaskGraph graph, RunBudget budget, int depth = 0, bool failsRun = true)
    {
        (Graph, Budget, Depth, FailsRun) = (graph, budget, depth, failsRun);
        Spaces = new TaskSpaces(graph.CollectionScopes);
        Steps = [.. graph.Steps.Select((step, position) => new StepState(position, step, Spaces.Of(step.Scope)))];
        DecisionValues = [.. graph.Deciders.Select(static _ => Array.Empty<ushort>())];
        OpenSteps = Steps.Length;
        _demanding = [.. Steps.Where(step => step.Definition.MilliCpus > 0 || step.Definition.Memory > 0)];
        _subFlows = [.. Steps.Where(step => step.Definition.IsSubFlow)];
        Wiring.Connect(this);

        _stepAt = [.. Enumerable.Range(0, Steps.Length).OrderByDescending(step => graph.Steps[step].Depth)];
        _rankOf = new int[Steps.Length];
        for (var rank = 0; rank < _stepAt.Length; rank++) _rankOf[_stepAt[rank]] = rank;
        _startable.Grow(Steps.Length);
        if (_subFlows.Length > 0) _openable.Grow(Steps.Length);
    }

    public TaskGraph Graph { get; }
    public SchedulerLimits Limits => Budget.Limits;
    public RunBudget Budget { get; }

    /// <summary>How many flows this one is inside of.</summary>
    public int Depth { get; }

    /// <summary>Whether its failure fails the run.</summary>
    public bool FailsRun { get; }
    public TaskSpaces Spaces { get; }
    public StepState[] Steps { get; }

    /// <summary>The steps whose tasks are at or below the nodes of a space.</summary>
    public Dictionary<TaskSpace, List<StepState>> Below { get; } = [];

    public List<Command> Commands { get; } = [];

    /// <summary>Number of the value of each decision, by the task that made it.</summary>
    public ushort[][] DecisionValues { get; }

    /// <summary>The tasks that failed; others refer to them by their position, plus one.</summary>
    public List<TaskAddress> Causes { get; } = [];

    /// <summary>Attempts that failed, of tasks that may be tried again, by step and ordinal.</summary>
    public Dictionary<(int Step, int Task), FailedAttempts> FailedAttempts { get; } = [];

    /// <summary>Tasks whose fate can be decided now; empty between events.</summary>
    public WorkList Undecided { get; } = new();

    /// <summary>Blocks that have just become known; empty between events.</summary>
    public List<TaskBlock> Appeared { get; } = [];

    /// <summary>Steps that have undecided tasks.</summary>
    public int OpenSteps { get; set; }

    /// <summary>Attempts whose end is waited for.</summary>
    public int InFlight { get; set; }

    /// <summary>Whether any task failed or was blocked that fails the run.</summary>
    public bool AnyFailed { get; private set; }

    /// <summary>Whether somebody stopped the run.</summary>
    public bool Stopped { get; set; }

    public bool Finished { get; set; }

    /// <summary>Whether nothing new starts any more.</summary>
    public bool IsDraining => Stopped || Budget.IsDraining || (Limits.FailFast && AnyFailed);

    /// <summary>Whether a task may start now.</summary>
    public bool HasStartable => ((_startable.Count > 0 && Budget.HasRoom) || _openable.Count > 0) && !Finished && !IsDraining;

    /// <summary>The step to start a task of: the deepest one, to finish work early; the first in source order of those.</summary>
    public StepState BestStep => Steps[_stepAt[_openable.Count == 0 ? _startable.Min : _startable.Count == 0 || !Budget.HasRoom ? _openable.Min : Math.Min(_startable.Min, _openable.Min)]];

    /// <summary>The task with this address, or -1 if there is none, at least not yet.</summary>
    public int Find(TaskAddress task) => Steps[task.Step].Space.OrdinalOf(task.Index);

    /// <summary>Looks again whether the step has a task that may start within the step's own limit.</summary>
    public void Review(StepState step)
    {
        var (limit, needs) = (step.Definition.MaxParallel, step.Definition);
        var isGood = step.Ready.Count > 0 && (limit == 0 || step.Running < limit) && !step.IsHeld
            && (needs.IsSubFlow ? Budget.CanOpen(Depth) : needs.MilliCpus <= Budget.FreeMilliCpus && needs.Memory <= Budget.FreeMemory);
        var kind = needs.IsSubFlow ? _openable : _startable;
        if (isGood) kind.Add(_rankOf[step.Position]);
        else kind.Remove(_rankOf[step.Position]);
    }

    /// <summary>The same for all steps: what the run's flows share was not watched until now.</summary>
    public void Review()
    {
        foreach (var step in Steps) Review(step);
    }

    /// <summary>The same for the steps that say what they need, after others of the run took or gave some of it.</summary>
    public void ReviewDemanding()
    {
        foreach (var step in _demanding) Review(step);
    }

    /// <summary>The same for sub-flows, after others were opened or are over.</summary>
    public void ReviewOpening()
    {
        foreach (var step in _subFlows) Review(step);
    }

    /// <summary>Something failed or was blocked that is not contained.</summary>
    public void Fail()
    {
        AnyFailed = true;
        if (Limits.FailFast && FailsRun) Budget.IsDraining = true;
    }

    /// <summary>An attempt takes what its step needs, or gives it back.</summary>
    /// <param name="step">The step.</param>
    /// <param name="attempts">1 for one that starts, -1 for one whose code has returned.</param>
    public void Use(StepState step, int attempts)
    {
        step.Running += attempts;
        if (step.Definition.IsSubFlow) Budget.Open(Depth, attempts);
        else Budget.Use(attempts);
        Review(step);
        if (step.Definition is not { MilliCpus: 0, Memory: 0 }) Budget.Use(attempts, step.Definition);
    }

    /// <summary>Nothing is missing any more for tasks in a kind of waiting.</summary>
    public void GoOn(WaitKind kind, StepState step, int first, int count)
    {
        if (kind == WaitKind.Fate) Undecided.Add(step, first, count);
        else Outputs.ReleaseIdle(this, step, first, count);
    }

    /// <summary>Adds a command for tasks of a step, one for each block; neighbours with the same wish share one.</summary>
    public void Wish(StepState step, int first, int count, Command wish) => Wish(step, step.Space, first, count, wish);

    /// <summary>The same for nodes of the step's tree.</summary>
    public void Wish(StepState step, TaskSpace space, int first, int count, Command wish)
    {
        while (count > 0)
        {
            var part = count;
            if (space.Parent is not null)
            {
                var (parent, number) = space.Locate(first);
                part = Math.Min(count, space.WidthOf(parent) - number);
            }

            Add(wish with { Task = new TaskAddress(step.Position, space.IndexOf(first)), Count = part });
            first += part;
            count -= part;
        }
    }

    private void Add(Command wish)
    {
        if (Commands.Count > 0 && Commands[^1] is var last && last.Task.Step == wish.Task.Step && last.Task.Index.Last + last.Count == wish.Task.Index.Last
            && last with { Count = wish.Count, Task = new TaskAddress(last.Task.Step, last.Task.Index.WithLast(wish.Task.Index.Last)) } == wish)
            Commands[^1] = last with { Count = last.Count + wish.Count };
        else Commands.Add(wish);
    }
}
