using FlowGen;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>How a scenario must end if nobody stops it.</summary>
internal sealed class Outcome
{
    private readonly Dictionary<TaskAddress, TaskPhase> _fates = [];
    private readonly Dictionary<TaskAddress, HashSet<TaskAddress>> _roots = [];
    private readonly RandomScenario _scenario;
    private readonly Reference _reference;

    public Outcome(RandomScenario scenario)
    {
        _scenario = scenario;
        _reference = new Reference(scenario, task => FateOf(task));
        Tasks = [.. Enumerable.Range(0, scenario.Graph.Steps.Length).SelectMany(_reference.Reported)];
        Fates = Tasks.ToDictionary(task => task, FateOf);
        Status = Fates.Any(task => task.Value is TaskPhase.Failed or TaskPhase.Blocked && !scenario.Graph.Steps[task.Key.Step].Contained) ? RunStatus.Failed : RunStatus.Succeeded;
    }

    /// <summary>All tasks in topological order.</summary>
    public TaskAddress[] Tasks { get; }

    public Dictionary<TaskAddress, TaskPhase> Fates { get; }

    public RunStatus Status { get; }

    /// <summary>The failed tasks that block a task.</summary>
    public HashSet<TaskAddress> Roots(TaskAddress task)
    {
        if (_roots.TryGetValue(task, out var known)) return known;
        if (FateOf(task) == TaskPhase.Failed) return _roots[task] = [task];
        var lost = _reference.Tree(task.Step).Where(node => node.Address == task && node.Kind == Reference.NodeKind.Lost);
        var inputs = lost.Any() ? lost : _scenario.Graph.Steps[task.Step].Incoming.SelectMany(edge => _reference.Unacceptable(edge, task));
        return _roots[task] = [.. inputs.SelectMany(node => Roots(node.Kind == Reference.NodeKind.Lost ? node.Maker : node.Address))];
    }

    private TaskPhase FateOf(TaskAddress task)
    {
        if (_fates.TryGetValue(task, out var known)) return known;
        var step = _scenario.Graph.Steps[task.Step];
        var fate = task.Index.Count < step.Scope.Length ? TaskPhase.Blocked : _reference.Fate(task)!.Value;
        if (fate == TaskPhase.Waiting)
            fate = Enumerable.Range(0, _scenario.IterationsOf(task)).All(i => _scenario.EndsWell(task, i)) ? TaskPhase.Succeeded : TaskPhase.Failed;
        return _fates[task] = fate;
    }
}
