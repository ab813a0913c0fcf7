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
    private readonly IndexSet _startable;

    public SchedulerCore(TaskGraph graph, SchedulerLimits limits)
    {
        (Graph, Limits) = (graph, limits);
        Steps = [.. graph.Steps.Select(static step => new StepState(step))];
        OpenSteps = Steps.Length;

        _stepAt = [.. Enumerable.Range(0, Steps.Length).OrderByDescending(step => graph.Steps[step].Depth)];
        _rankOf = new int[Steps.Length];
        for (var rank = 0; rank < _stepAt.Length; rank++) _rankOf[_stepAt[rank]] = rank;
        _startable = new IndexSet(Steps.Length);
    }

    public TaskGraph Graph { get; }
    public SchedulerLimits Limits { get; }
    public StepState[] Steps { get; }
    public List<Command> Commands { get; } = [];

    /// <summary>Attempts that failed, of tasks that may be tried again.</summary>
    public Dictionary<TaskAddress, int> FailedAttempts { get; } = [];

    /// <summary>Tasks that a failure still has to reach; empty between events.</summary>
    public Stack<(int Step, int First, int Count)> ToBlock { get; } = [];

    /// <summary>Steps that have undecided tasks.</summary>
    public int OpenSteps { get; set; }

    /// <summary>Attempts whose end is waited for.</summary>
    public int InFlight { get; set; }

    /// <summary>Attempts given up whose code has not returned: nobody waits for them, but they use what the limit counts (M5).</summary>
    public int Abandoned { get; set; }

    /// <summary>Whether any task failed or was blocked.</summary>
    public bool AnyFailed { get; set; }

    /// <summary>Whether somebody stopped the run.</summary>
    public bool Stopped { get; set; }

    public bool Finished { get; set; }

    /// <summary>Whether a task may start now.</summary>
    public bool HasStartable =>
        _startable.Count > 0 && InFlight + Abandoned < Limits.MaxParallel && !Finished && !Stopped && !(Limits.FailFast && AnyFailed);

    /// <summary>The step to start a task of: the deepest one, to finish work early; the first in source order of those.</summary>
    public int BestStep => _stepAt[_startable.Min];

    public TaskAddress Address(int step, int index) => new(step, Graph.Steps[step].Dimension < 0 ? default : (TaskIndex)index);

    /// <summary>Looks again whether the step has a task that may start within the step's own limit.</summary>
    public void Review(int step)
    {
        var limit = Graph.Steps[step].MaxParallel;
        if (Steps[step].Ready.Count > 0 && (limit == 0 || Steps[step].Running < limit)) _startable.Add(_rankOf[step]);
        else _startable.Remove(_rankOf[step]);
    }
}
