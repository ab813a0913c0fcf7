using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>A random graph with a script of failures, and a slow, obvious account of how it must end.</summary>
internal sealed class RandomScenario
{
    private readonly Dictionary<TaskAddress, TaskPhase> _outcomes = [];
    private readonly Dictionary<TaskAddress, HashSet<TaskAddress>> _roots = [];

    public RandomScenario(int steps, int dimensions, int seed)
    {
        Random = new Random(seed);
        var makers = Enumerable.Range(0, dimensions).Select(_ => Random.Next(-1, steps)).ToArray();
        Widths = [.. Enumerable.Range(0, dimensions).Select(_ => Random.Next(0, 5))];
        Parameters = [.. Enumerable.Range(0, dimensions).Where(d => makers[d] < 0)];
        var list = new List<TaskGraphStep>();
        var waits = new List<(int, int, bool)>();
        for (var s = 0; s < steps; s++)
        {
            var makes = Enumerable.Range(0, dimensions).Where(d => makers[d] == s).ToArray();
            var possible = Enumerable.Range(0, dimensions).Where(d => makers[d] < s && makes.Length == 0).Append(-1).ToArray();
            list.Add(new TaskGraphStep
            {
                Makes = [.. makes],
                Dimension = possible[Random.Next(possible.Length)],
                MaxAttempts = Random.Next(1, 4),
                MaxParallel = Random.Next(0, 3),
            });
            for (var from = 0; from < s; from++)
                if (Random.Next(3) == 0) waits.Add((from, s, Random.Next(3) > 0));
        }

        Graph = TaskGraph.Of([.. list], dimensions, waits);
        var mood = Random.Next(1, 12);
        for (var s = 0; s < steps; s++)
            foreach (var task in Tasks(s)) FailingAttempts[task] = Random.Next(mood) == 0 ? Random.Next(1, 4) : 0;
    }

    public Random Random { get; }
    public TaskGraph Graph { get; }
    public int[] Widths { get; }
    public int[] Parameters { get; }
    public Dictionary<TaskAddress, int> FailingAttempts { get; } = [];

    /// <summary>All tasks of the step, whether or not its dimension comes to exist.</summary>
    public IEnumerable<TaskAddress> Tasks(int step)
    {
        var dimension = Graph.Steps[step].Dimension;
        return dimension < 0 ? [new TaskAddress(step)] : Enumerable.Range(0, Widths[dimension]).Select(i => new TaskAddress(step, i));
    }

    /// <summary>The tasks a task waits for; the makers of its own dimension and of those it gathers over are among them.</summary>
    public IEnumerable<TaskAddress> Needs(TaskAddress task) => Graph.Steps[task.Step].Incoming
        .SelectMany(edge => edge.Kind == EdgeKind.Matching ? [new TaskAddress(edge.From, task.Index)] : Reported(edge.From).Concat(Maker(edge.From)))
        .Concat(Maker(task.Step));

    /// <summary>How the task must end if nobody stops the run.</summary>
    public TaskPhase Outcome(TaskAddress task)
    {
        if (_outcomes.TryGetValue(task, out var known)) return known;
        var outcome = Needs(task).All(need => Outcome(need) == TaskPhase.Succeeded)
            ? FailingAttempts[task] < Graph.Steps[task.Step].MaxAttempts ? TaskPhase.Succeeded : TaskPhase.Failed
            : TaskPhase.Blocked;
        return _outcomes[task] = outcome;
    }

    /// <summary>The failed tasks that block the task.</summary>
    public HashSet<TaskAddress> Roots(TaskAddress task)
    {
        if (_roots.TryGetValue(task, out var known)) return known;
        return _roots[task] = Outcome(task) == TaskPhase.Failed ? [task] : [.. Needs(task).SelectMany(Roots)];
    }

    /// <summary>Tasks of the step as they appear in a run: one that is blocked where its dimension does not exist.</summary>
    public IEnumerable<TaskAddress> Reported(int step) =>
        Maker(step).Any(maker => Outcome(maker) != TaskPhase.Succeeded) ? [new TaskAddress(step)] : Tasks(step);

    public DimensionWidth[] Made(TaskAddress task) => [.. Graph.Steps[task.Step].Makes.Select(d => new DimensionWidth(d, Widths[d]))];

    private IEnumerable<TaskAddress> Maker(int step) => Enumerable.Range(0, Graph.Steps.Length)
        .Where(maker => Graph.Steps[maker].Makes.Contains(Graph.Steps[step].Dimension))
        .Select(maker => new TaskAddress(maker));
}
