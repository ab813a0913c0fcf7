using FlowGen;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>Drives a scenario through the scheduler in a random order and checks what must always hold after every event.</summary>
internal sealed class RandomRun
{
    private readonly RandomScenario _scenario;
    private readonly Outcome _outcome;
    private readonly Reference _now;
    private readonly SchedulerCore _core;
    private readonly Random _random;
    private readonly List<TaskAddress> _running = [], _retrying = [], _abandoned = [];
    private readonly Dictionary<TaskAddress, int> _attempts = [], _lost = [], _iterations = [];
    private readonly HashSet<TaskAddress> _released = [], _fed = [], _cancelled = [];
    private readonly bool _mayStop;

    public RandomRun(RandomScenario scenario, Outcome outcome, bool mayStop, bool failFast)
    {
        (_scenario, _outcome, _mayStop, _random) = (scenario, outcome, mayStop, scenario.Random);
        _now = new Reference(scenario, task => Decided.TryGetValue(task, out var fate) ? fate : null);
        _core = new SchedulerCore(scenario.Graph, new SchedulerLimits(_random.Next(1, 5), failFast));
        Scheduler.OnStarted(_core, scenario.KnownWidths, scenario.Decided);
        Check();
    }

    public Dictionary<TaskAddress, TaskPhase> Decided { get; } = [];

    public RunStatus? Status { get; private set; }

    public bool Stopped { get; private set; }

    public int Events { get; private set; }

    public void ToTheEnd()
    {
        while (Status is null || _abandoned.Count > 0)
        {
            Assert.True(Events < 10_000, "does not end");
            if (!Step()) Assert.Fail("stuck");
            Check();
        }

        Assert.False(Scheduler.TryStart(_core, out _, out _));
    }

    /// <summary>Everything that was kept for somebody has been let go.</summary>
    public void AssertAllReleased()
    {
        var kept = Decided.Where(task => task.Value == TaskPhase.Succeeded && _scenario.Graph.Steps[task.Key.Step].KeepsOutputs);
        Assert.Equal(kept.Select(task => task.Key).ToHashSet(), _released);
    }

    private bool IsLoop(TaskAddress task) => _scenario.Graph.Steps[task.Step].IsLoop;

    private static TaskAddress Whole(TaskAddress task) => task with { Iteration = -1 };

    private bool Step()
    {
        if (_mayStop && !Stopped && Status is null && _random.Next(40) == 0)
        {
            Stopped = true;
            Scheduler.OnStopped(_core);
            return true;
        }

        // Some luck must not be needed: what is possible is tried in a random order until one thing works.
        Func<bool>[] moves = [Start, End, Retry, Return];
        _random.Shuffle(moves);
        return moves.Any(move => move());
    }

    private bool Start()
    {
        var any = _core.HasStartable;
        if (!Scheduler.TryStart(_core, out var task, out var attempt)) return any ? throw new InvalidOperationException("promised a task") : false;
        Assert.True(any);
        Assert.False(Stopped);
        Assert.DoesNotContain(Whole(task), Decided.Keys);
        Assert.DoesNotContain(Whole(task), _running.Concat(_retrying).Select(Whole));
        Assert.Equal(TaskPhase.Waiting, _now.Fate(Whole(task)));
        Assert.Equal(IsLoop(task) ? _iterations.GetValueOrDefault(Whole(task)) : -1, task.Iteration);
        Assert.All(Inputs(Whole(task)), input => Assert.DoesNotContain(input, _released));
        Assert.Equal(_attempts[task] = _attempts.GetValueOrDefault(task) + 1, attempt);
        if (_scenario.Graph.Steps[task.Step].IsFedAtStart) _fed.Add(task);
        _running.Add(task);
        return true;
    }

    private bool End()
    {
        if (!Draw(_running, out var task)) return false;
        if (Stopped && _random.Next(2) == 0)
        {
            var abandon = _random.Next(3) == 0;
            Scheduler.OnCancelled(_core, task, abandon);
            _cancelled.Add(Whole(task));
            if (abandon) _abandoned.Add(task);
        }
        else Try(task, Math.Max(task.Iteration, 0));
        return true;
    }

    /// <summary>An attempt fails or is lost as long as the script has either left, in a random order; then it succeeds.</summary>
    private void Try(TaskAddress task, int iteration)
    {
        var lost = _scenario.LostAttemptsOf(Whole(task), iteration) - _lost.GetValueOrDefault(task);
        var fails = _scenario.FailingAttemptsOf(Whole(task), iteration) - (_attempts[task] - 1 - _lost.GetValueOrDefault(task));
        if (lost + fails == 0)
        {
            var again = IsLoop(task) && task.Iteration + 1 < _scenario.IterationsOf(Whole(task));
            if (again) _iterations[Whole(task)] = task.Iteration + 1;
            else Decide(Whole(task), TaskPhase.Succeeded);
            Scheduler.OnSucceeded(_core, task, again ? [] : _scenario.Made(Whole(task)), again ? [] : _scenario.DecidedBy(Whole(task)), again);
            return;
        }

        var isSystem = _random.Next(lost + fails) < lost;
        if (isSystem) _lost[task] = _lost.GetValueOrDefault(task) + 1;
        var abandon = _random.Next(3) == 0;
        // What fails until the last attempt may as well fail for good at once.
        var forGood = _random.Next(4) == 0 && !_scenario.EndsWell(Whole(task), iteration);
        Scheduler.OnAttemptFailed(_core, task, abandon, forGood, isSystem);
        if (abandon) _abandoned.Add(task);
    }

    private bool Retry()
    {
        if (!Draw(_retrying, out var task)) return false;
        Scheduler.OnRetryDue(_core, task);
        return true;
    }

    private bool Return()
    {
        if (!Draw(_abandoned, out var task)) return false;
        Scheduler.OnAbandonedReturned(_core, task);
        return true;
    }

    private bool Draw(List<TaskAddress> from, out TaskAddress task)
    {
        task = default;
        if (from.Count == 0) return false;
        var at = _random.Next(from.Count);
        task = from[at];
        from.RemoveAt(at);
        return true;
    }

    private void Check()
    {
        Events++;
        foreach (var command in _core.Commands) Obey(command);
        _core.Commands.Clear();

        Assert.True(_running.Count + _abandoned.Count <= _core.Limits.MaxParallel);
        foreach (var step in _running.Concat(_abandoned).GroupBy(task => task.Step))
            Assert.True(_scenario.Graph.Steps[step.Key].MaxParallel == 0 || step.Count() <= _scenario.Graph.Steps[step.Key].MaxParallel);
        if (Status is not null) Assert.Empty(_running);
        foreach (var step in _core.Steps) CheckNothingIsLate(step);
    }

    /// <summary>What can be decided is, what can start may, and what nobody needs any more is gone.</summary>
    private void CheckNothingIsLate(StepState step)
    {
        var tree = _now.Tree(step.Position).ToArray();
        Assert.Equal(tree.Count(node => node.Kind == Reference.NodeKind.Task), step.Space.Count);
        foreach (var node in tree)
        {
            var task = node.Address;
            if (node.Kind == Reference.NodeKind.Lost) Assert.Equal(TaskPhase.Blocked, Decided.GetValueOrDefault(task));
            if (node.Kind != Reference.NodeKind.Task) continue;
            var ordinal = _core.Find(task);
            Assert.Equal(Decided.GetValueOrDefault(task, TaskPhase.Waiting), step.Phases[ordinal] is TaskPhase.Running or TaskPhase.Retrying ? TaskPhase.Waiting : step.Phases[ordinal]);
            if (Decided.TryGetValue(task, out var fate)) Assert.Equal(step.Definition.KeepsOutputs && fate == TaskPhase.Succeeded && IsNeededByNobody(task), _released.Contains(task));
            else if (step.Phases[ordinal] == TaskPhase.Waiting && !_core.Finished) Assert.Equal(!_cancelled.Contains(task) && _now.Fate(task) == TaskPhase.Waiting, step.Ready.Contains(ordinal));
        }
    }

    private bool IsNeededByNobody(TaskAddress task) => _scenario.Graph.Steps[task.Step].Outgoing.Where(edge => edge.CarriesData)
        .All(edge => _now.Group(edge.To, task).All(node => node.Kind == Reference.NodeKind.Lost || (node.Kind == Reference.NodeKind.Task && _fed.Contains(node.Address))));

    private void Obey(Command command)
    {
        Assert.Null(Status);
        var tasks = Enumerable.Range(0, command.Count).Select(i => command.Task.Index.IsEmpty ? command.Task : command.Task with { Index = command.Task.Index.WithLast(command.Task.Index.Last + i) });
        switch (command.Kind)
        {
            case CommandKind.ArmRetry:
                _retrying.Add(command.Task);
                break;
            case CommandKind.RecordFailure:
                Assert.Equal(_attempts[command.Task], command.Attempt);
                Decide(Whole(command.Task), TaskPhase.Failed);
                break;
            case CommandKind.RecordBlocked:
                foreach (var task in tasks)
                {
                    Assert.Contains(Whole(command.Cause), _outcome.Roots(task));
                    Assert.DoesNotContain(task, _attempts.Keys.Select(Whole));
                    Decide(task, TaskPhase.Blocked);
                }

                break;
            case CommandKind.RecordSkipped:
                foreach (var task in tasks)
                {
                    Assert.Contains(_scenario.Graph.Steps[task.Step].Guard, guard => guard.Decision == command.Decided.Decision && (command.Decided.Value < 0 || !guard.Allowed[command.Decided.Value]));
                    Assert.DoesNotContain(task, _attempts.Keys.Select(Whole));
                    Decide(task, TaskPhase.Skipped);
                }

                break;
            case CommandKind.Release:
                foreach (var task in tasks)
                {
                    Assert.Equal(TaskPhase.Succeeded, Decided[task]);
                    Assert.True(_released.Add(task), "released twice");
                }

                break;
            default:
                Status = command.Status;
                break;
        }
    }

    private void Decide(TaskAddress task, TaskPhase fate)
    {
        Decided.Add(task, fate);
        _fed.Add(task);
    }

    private IEnumerable<TaskAddress> Inputs(TaskAddress task) => _scenario.Graph.Steps[task.Step].Incoming.Where(edge => edge.CarriesData)
        .SelectMany(edge => _now.Group(edge.From, task).Select(node => node.Address));
}
