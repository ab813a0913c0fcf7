using FlowGen;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>Drives a scenario through the scheduler in a random order and checks what must always hold after every event.</summary>
internal sealed class RandomRun
{
    private readonly RandomScenario _scenario;
    private readonly SchedulerCore _core;
    private readonly Random _random;
    private readonly List<TaskAddress> _running = [], _retrying = [], _abandoned = [];
    private readonly Dictionary<TaskAddress, int> _attempts = [];
    private readonly HashSet<TaskAddress> _released = [];
    private readonly bool _mayStop;

    public RandomRun(RandomScenario scenario, bool mayStop, bool failFast)
    {
        (_scenario, _mayStop, _random) = (scenario, mayStop, scenario.Random);
        _core = new SchedulerCore(scenario.Graph, new SchedulerLimits(_random.Next(1, 5), failFast));
        Scheduler.OnStarted(_core, [.. scenario.Parameters.Select(d => new DimensionWidth(d, scenario.Widths[d]))]);
        Check();
    }

    public Dictionary<TaskAddress, TaskPhase> Decided { get; } = [];

    public RunStatus? Status { get; private set; }

    public bool Stopped { get; private set; }

    /// <summary>Offers results of an earlier run: some of the tasks that succeed.</summary>
    public void TakeOverSome()
    {
        foreach (var task in Enumerable.Range(0, _scenario.Graph.Steps.Length).SelectMany(_scenario.Reported).ToArray())
        {
            if (_scenario.Outcome(task) != TaskPhase.Succeeded || _random.Next(4) == 0) continue;
            var possible = _scenario.Needs(task).All(need => Decided.GetValueOrDefault(need) == TaskPhase.Succeeded);
            Assert.Equal(possible, Scheduler.OnTakenOver(_core, task, _scenario.Made(task)));
            if (possible) Decided.Add(task, TaskPhase.Succeeded);
            Check();
        }
    }

    public void ToTheEnd()
    {
        for (var events = 0; Status is null || _abandoned.Count > 0; events++)
        {
            Assert.True(events < 10_000, "does not end");
            if (!Step()) Assert.Fail("stuck");
            Check();
        }

        Assert.False(Scheduler.TryStart(_core, out _, out _));
    }

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
        Assert.DoesNotContain(task, Decided.Keys);
        Assert.DoesNotContain(task, _running);
        Assert.DoesNotContain(task, _retrying);
        Assert.All(_scenario.Needs(task), need => Assert.Equal(TaskPhase.Succeeded, Decided.GetValueOrDefault(need)));
        Assert.All(Inputs(task), input => Assert.DoesNotContain(input, _released));
        Assert.Equal(_attempts[task] = _attempts.GetValueOrDefault(task) + 1, attempt);
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
            if (abandon) _abandoned.Add(task);
        }
        else if (_attempts[task] > _scenario.FailingAttempts[task])
        {
            Decided.Add(task, TaskPhase.Succeeded);
            Scheduler.OnSucceeded(_core, task, _scenario.Made(task));
        }
        else
        {
            var abandon = _random.Next(3) == 0;
            Scheduler.OnAttemptFailed(_core, task, abandon);
            if (abandon) _abandoned.Add(task);
        }

        return true;
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
        foreach (var command in _core.Commands) Obey(command);
        _core.Commands.Clear();

        Assert.True(_running.Count + _abandoned.Count <= _core.Limits.MaxParallel);
        foreach (var step in _running.Concat(_abandoned).GroupBy(task => task.Step))
            Assert.True(_scenario.Graph.Steps[step.Key].MaxParallel == 0 || step.Count() <= _scenario.Graph.Steps[step.Key].MaxParallel);
        if (Status is not null) Assert.Empty(_running);
    }

    private void Obey(Command command)
    {
        Assert.Null(Status);
        switch (command.Kind)
        {
            case CommandKind.ArmRetry:
                _retrying.Add(command.Task);
                break;
            case CommandKind.RecordFailure:
                Assert.Equal(_attempts[command.Task], command.Attempt);
                Decided.Add(command.Task, TaskPhase.Failed);
                break;
            case CommandKind.RecordBlocked:
                for (var i = 0; i < command.Count; i++)
                {
                    var task = command.Task with { Index = command.Task.Index.IsEmpty ? default : (TaskIndex)(command.Task.Index.Last + i) };
                    Assert.Contains(command.Cause, _scenario.Roots(task));
                    Assert.DoesNotContain(task, _attempts.Keys);
                    Decided.Add(task, TaskPhase.Blocked);
                }

                break;
            case CommandKind.Release:
                for (var i = 0; i < command.Count; i++)
                {
                    var task = command.Task with { Index = command.Task.Index.IsEmpty ? default : (TaskIndex)(command.Task.Index.Last + i) };
                    Assert.Equal(TaskPhase.Succeeded, Decided[task]);
                    Assert.True(_released.Add(task), "released twice");
                }

                break;
            default:
                Status = command.Status;
                break;
        }
    }

    /// <summary>Everything that was kept for somebody has been let go.</summary>
    public void AssertAllReleased()
    {
        var kept = Decided.Where(task => task.Value == TaskPhase.Succeeded && _scenario.Graph.Steps[task.Key.Step].Outgoing.Any(edge => edge.CarriesData));
        Assert.Equal(kept.Select(task => task.Key).ToHashSet(), _released);
    }

    private IEnumerable<TaskAddress> Inputs(TaskAddress task) => _scenario.Graph.Steps[task.Step].Incoming
        .Where(edge => edge.CarriesData)
        .SelectMany(edge => edge.Kind == EdgeKind.Matching ? [new TaskAddress(edge.From, task.Index)] : _scenario.Reported(edge.From));
}
