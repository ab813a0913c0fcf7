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
    private readonly StepState[] _demanding;
    private long _freeMilliCpus, _freeMemory;

    public SchedulerCore(TaskGraph graph, SchedulerLimits limits)
    {
        (Graph, Limits) = (graph, limits);
        Spaces = new TaskSpaces(graph.CollectionScopes);
        Steps = [.. graph.Steps.Select((step, position) => new StepState(position, step, Spaces.Of(step.Scope)))];
        DecisionValues = [.. graph.Deciders.Select(static _ => Array.Empty<ushort>())];
        OpenSteps = Steps.Length;
        _demanding = [.. Steps.Where(step => step.Definition.MilliCpus > 0 || step.Definition.Memory > 0)];
        (_freeMilliCpus, _freeMemory) = (limits.MilliCpus, limits.Memory);
        Wiring.Connect(this);

        _stepAt = [.. Enumerable.Range(0, Steps.Length).OrderByDescending(step => graph.Steps[step].Depth)];
        _rankOf = new int[Steps.Length];
        for (var rank = 0; rank < _stepAt.Length; rank++) _rankOf[_stepAt[rank]] = rank;
        _startable.Grow(Steps.Length);
    }

    public TaskGraph Graph { get; }
    public SchedulerLimits Limits { get; }
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
    public Dictionary<(int Step, int Task), int> FailedAttempts { get; } = [];

    /// <summary>Tasks whose fate can be decided now; empty between events.</summary>
    public WorkList Undecided { get; } = new();

    /// <summary>Blocks that have just become known; empty between events.</summary>
    public List<TaskBlock> Appeared { get; } = [];

    /// <summary>Steps that have undecided tasks.</summary>
    public int OpenSteps { get; set; }

    /// <summary>Attempts whose end is waited for.</summary>
    public int InFlight { get; set; }

    /// <summary>Attempts given up whose code has not returned: nobody waits for them, but they use what the limit counts (M5).</summary>
    public int Abandoned { get; set; }

    /// <summary>Whether any task failed or was blocked that fails the run.</summary>
    public bool AnyFailed { get; set; }

    /// <summary>Whether somebody stopped the run.</summary>
    public bool Stopped { get; set; }

    public bool Finished { get; set; }

    /// <summary>Whether nothing new starts any more.</summary>
    public bool IsDraining => Stopped || (Limits.FailFast && AnyFailed);

    /// <summary>Whether a task may start now.</summary>
    public bool HasStartable => _startable.Count > 0 && InFlight + Abandoned < Limits.MaxParallel && !Finished && !IsDraining;

    /// <summary>The step to start a task of: the deepest one, to finish work early; the first in source order of those.</summary>
    public StepState BestStep => Steps[_stepAt[_startable.Min]];

    /// <summary>The task with this address, or -1 if there is none, at least not yet.</summary>
    public int Find(TaskAddress task) => Steps[task.Step].Space.OrdinalOf(task.Index);

    /// <summary>Looks again whether the step has a task that may start within the step's own limit.</summary>
    public void Review(StepState step)
    {
        var (limit, needs) = (step.Definition.MaxParallel, step.Definition);
        if (step.Ready.Count > 0 && (limit == 0 || step.Running < limit) && !step.IsHeld && needs.MilliCpus <= _freeMilliCpus && needs.Memory <= _freeMemory) _startable.Add(_rankOf[step.Position]);
        else _startable.Remove(_rankOf[step.Position]);
    }

    /// <summary>An attempt takes what its step needs, or gives it back.</summary>
    /// <param name="step">The step.</param>
    /// <param name="attempts">1 for one that starts, -1 for one whose code has returned.</param>
    public void Use(StepState step, int attempts)
    {
        step.Running += attempts;
        Review(step);
        if (step.Definition is { MilliCpus: 0, Memory: 0 }) return;
        _freeMilliCpus -= attempts * step.Definition.MilliCpus;
        _freeMemory -= attempts * step.Definition.Memory;
        foreach (var other in _demanding) Review(other);
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
