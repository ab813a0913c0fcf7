using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>What a run is by definition, worked out anew for every question from what is known of its tasks: slow and obvious.</summary>
/// <param name="scenario">The run.</param>
/// <param name="fateOf">What became of a task, or <c>null</c> while that is not known.</param>
internal sealed class Reference(RandomScenario scenario, Func<TaskAddress, TaskPhase?> fateOf)
{
    /// <summary>A place in the tree of a step: a task, or a node whose children are not known yet, or will never be because of a task.</summary>
    public sealed record Node(TaskAddress Address, NodeKind Kind, TaskAddress Maker = default);

    public enum NodeKind { Task, Unknown, Lost }

    /// <summary>Everything there is of a step.</summary>
    public IEnumerable<Node> Tree(int step) => Below(new TaskAddress(step));

    /// <summary>The tasks of a step as they appear in a run: one that is blocked for each dimension that does not exist.</summary>
    public IEnumerable<TaskAddress> Reported(int step) => Tree(step).Where(node => node.Kind != NodeKind.Unknown).Select(node => node.Address);

    /// <summary>What of another step a task of <paramref name="by"/> waits for, or has to do with if it is the one waited for.</summary>
    public IEnumerable<Node> Group(int step, TaskAddress by)
    {
        var (theirs, own) = (scenario.Graph.Steps[step].Scope, scenario.Graph.Steps[by.Step].Scope);
        return Tree(step).Where(node => Enumerable.Range(0, node.Address.Index.Count).All(i => own.IndexOf(theirs[i]) is var at && (at < 0 || by.Index[at] == node.Address.Index[i])));
    }

    /// <summary>Whether nothing of a group can change any more.</summary>
    public bool IsComplete(int step, TaskAddress by) => Group(step, by).All(node => node.Kind == NodeKind.Lost || (node.Kind == NodeKind.Task && fateOf(node.Address) is not null));

    /// <summary>What is decided of a task before it runs: <see cref="TaskPhase.Waiting"/> if it may, or <c>null</c> as long as that is not known.</summary>
    public TaskPhase? Fate(TaskAddress task)
    {
        var step = scenario.Graph.Steps[task.Step];
        if (!step.Incoming.All(edge => IsComplete(edge.From, task))) return null;
        foreach (var guard in step.Guard)
        {
            if (scenario.Graph.Deciders[guard.Decision] is < 0)
            {
                if (!guard.Allowed[scenario.ValueOf(guard.Decision, new TaskAddress(-1))]) return TaskPhase.Skipped;
                continue;
            }

            var decider = Group(scenario.Graph.Deciders[guard.Decision], task).Single().Address;
            if (fateOf(decider) == TaskPhase.Skipped || (fateOf(decider) == TaskPhase.Succeeded && !guard.Allowed[scenario.ValueOf(guard.Decision, decider)])) return TaskPhase.Skipped;
        }

        return step.Incoming.SelectMany(edge => Unacceptable(edge, task)).Any() ? TaskPhase.Blocked : TaskPhase.Waiting;
    }

    /// <summary>What a task cannot put up with among what it waits for.</summary>
    public IEnumerable<Node> Unacceptable(TaskEdge edge, TaskAddress task) => Group(edge.From, task).Where(node => edge.Accepts switch
    {
        EdgeAccepts.Success => node.Kind == NodeKind.Lost || fateOf(node.Address) is TaskPhase.Failed or TaskPhase.Blocked,
        EdgeAccepts.Failure => node.Kind == NodeKind.Lost,
        _ => false,
    });

    private IEnumerable<Node> Below(TaskAddress node)
    {
        var scope = scenario.Graph.Steps[node.Step].Scope;
        var level = node.Index.Count;
        if (level == scope.Length) return [new Node(node, NodeKind.Task)];

        var dimension = scope[level];
        var maker = scenario.Graph.Makers[dimension] is >= 0 and var step
            ? new TaskAddress(step, TaskIndex.Of([.. scenario.Graph.Steps[step].Scope.Select(outer => node.Index[scope.IndexOf(outer)])]))
            : new TaskAddress(-1);
        return (maker.Step < 0 ? TaskPhase.Succeeded : fateOf(maker)) switch
        {
            null => [new Node(node, NodeKind.Unknown)],
            TaskPhase.Succeeded => Enumerable.Range(0, scenario.WidthOf(dimension, maker)).SelectMany(i => Below(node with { Index = node.Index.Append(i) })),
            TaskPhase.Skipped => [],
            _ => [new Node(node, NodeKind.Lost, maker)],
        };
    }
}
