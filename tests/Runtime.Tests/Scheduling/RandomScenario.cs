using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using FlowGen.Scheduling;

namespace Runtime.Tests.Scheduling;

/// <summary>A random graph, and a script of what its tasks do: how wide their collections are, what they decide, how often they fail and repeat.</summary>
internal sealed class RandomScenario
{
    private readonly int _seed;
    private readonly int _mood;

    public RandomScenario(int steps, int dimensions, int seed)
    {
        (_seed, Random) = (seed, new Random(seed));
        _mood = Random.Next(1, 12);
        var (order, list, waits) = (new List<int>(), new List<TaskGraphStep>(), new List<TaskEdge>());
        var (scopes, values) = (new List<ImmutableArray<int>>(), new List<(int Step, int Values)>());
        Parameters = [.. Enumerable.Range(0, Random.Next(0, dimensions + 1)).Select(_ => NewDimension([]))];
        var decided = Enumerable.Range(0, Random.Next(0, 2)).Select(_ => NewDecision(-1)).ToArray();
        for (var s = 0; s < steps; s++)
        {
            var scope = NewScope(order.Where(_ => Random.Next(3) == 0).ToArray());
            list.Add(new TaskGraphStep
            {
                Scope = scope,
                Makes = [.. Enumerable.Range(0, Random.Next(3)).Where(_ => scopes.Count < dimensions && scope.Length < 3).Select(_ => NewDimension(scope)).ToArray()],
                Decides = [.. Enumerable.Range(0, Random.Next(3) == 0 ? 1 : 0).Select(_ => NewDecision(s)).ToArray()],
                Guard = [.. Enumerable.Range(0, values.Count).Where(d => values[d].Step != s && (values[d].Step < 0 || list[values[d].Step].Scope.All(scope.Contains)) && Random.Next(4) == 0).Select(NewGuard)],
                Contained = Random.Next(3) == 0,
                IsLoop = Random.Next(5) == 0,
                MaxAttempts = Random.Next(1, 4),
                SystemRetries = Random.Next(3) == 0 ? Random.Next(1, 3) : 0,
                MaxParallel = Random.Next(0, 3),
            });
            for (var from = 0; from < s; from++)
                if (Random.Next(3) == 0) waits.Add(new TaskEdge(from, s, (EdgeAccepts)Random.Next(3), Random.Next(3) > 0));
        }

        Graph = TaskGraph.Of([.. list], scopes.Count, values.Count, waits);
        Decided = [.. decided.Select(d => new DecidedValue(d, Script("decides", d, new TaskAddress(-1)) % values[d].Values))];
        DecisionValues = [.. values.Select(decision => decision.Values)];

        int NewDimension(ImmutableArray<int> scope)
        {
            // Somewhere after the dimensions of its own collection, so that any order is possible but all steps agree.
            var after = scope.Select(outer => order.IndexOf(outer)).DefaultIfEmpty(-1).Max() + 1;
            order.Insert(Random.Next(after, order.Count + 1), scopes.Count);
            scopes.Add(scope);
            return scopes.Count - 1;
        }

        ImmutableArray<int> NewScope(IEnumerable<int> wanted)
        {
            var scope = new HashSet<int>();
            foreach (var dimension in wanted)
                if (scope.Union(scopes[dimension]).Append(dimension).Distinct().Count() <= 3) scope.UnionWith(scopes[dimension].Append(dimension));
            return [.. order.Where(scope.Contains)];
        }

        int NewDecision(int step)
        {
            values.Add((step, Random.Next(1, 4)));
            return values.Count - 1;
        }

        GuardDefinition NewGuard(int decision) =>
            new(decision, [.. Enumerable.Range(0, values[decision].Values).Select(_ => Random.Next(3) > 0)]) { IsInherited = Random.Next(2) == 0 };
    }

    public Random Random { get; }
    public TaskGraph Graph { get; }
    public int[] Parameters { get; }
    public DecidedValue[] Decided { get; }
    public int[] DecisionValues { get; }

    /// <summary>Width of a dimension by the task that makes its collection.</summary>
    public int WidthOf(int dimension, TaskAddress maker) => Script("wide", dimension, maker) % 4;

    public int ValueOf(int decision, TaskAddress decider) => Script("decides", decision, decider) % DecisionValues[decision];

    public int IterationsOf(TaskAddress task) => Graph.Steps[task.Step].IsLoop ? 1 + Script("repeats", 0, task) % 3 : 1;

    public int FailingAttemptsOf(TaskAddress task, int iteration) => Script("fails", iteration, task) % _mood == 0 ? 1 + Script("fails often", iteration, task) % 3 : 0;

    /// <summary>Attempts whose place is lost, of steps that have a budget for that.</summary>
    public int LostAttemptsOf(TaskAddress task, int iteration) => Graph.Steps[task.Step].SystemRetries > 0 && Script("is lost", iteration, task) % _mood == 0 ? Script("is lost often", iteration, task) % 4 : 0;

    /// <summary>Whether neither budget is exceeded, in whatever order attempts fail and are lost.</summary>
    public bool EndsWell(TaskAddress task, int iteration) => FailingAttemptsOf(task, iteration) < Graph.Steps[task.Step].MaxAttempts && LostAttemptsOf(task, iteration) <= Graph.Steps[task.Step].SystemRetries;

    public DimensionWidth[] Made(TaskAddress task) => [.. Graph.Steps[task.Step].Makes.Select(d => new DimensionWidth(d, WidthOf(d, task)))];

    public DecidedValue[] DecidedBy(TaskAddress task) => [.. Graph.Steps[task.Step].Decides.Select(d => new DecidedValue(d, ValueOf(d, task)))];

    public DimensionWidth[] KnownWidths => [.. Parameters.Select(d => new DimensionWidth(d, WidthOf(d, new TaskAddress(-1))))];

    /// <summary>The same for the same question, whatever else was asked.</summary>
    private int Script(string what, int which, TaskAddress task)
    {
        var hash = (uint)_seed;
        foreach (var c in what) Mix(c);
        Mix(which);
        Mix(task.Step);
        for (var i = 0; i < task.Index.Count; i++) Mix(task.Index[i]);
        return (int)(hash >> 8);

        void Mix(int value)
        {
            hash = (hash ^ (uint)value) * 0x9E3779B1;
            hash ^= hash >> 15;
        }
    }
}
