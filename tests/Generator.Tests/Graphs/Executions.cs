using FlowGen.Generator.Graph;

namespace Generator.Tests.Graphs;

/// <summary>All executions of a flow of <see cref="RandomGuards"/>, by what each task needs of others alone.</summary>
internal sealed class Executions
{
    private readonly RandomGuards _flow;
    private readonly List<int[][]> _values = [];
    private readonly bool[][][] _runs;

    /// <summary>For each execution the first one with the same values outside the dimension.</summary>
    private readonly int[] _outside;

    public Executions(RandomGuards flow, Guards guards)
    {
        _flow = flow;
        Enumerate(0, []);
        var first = new Dictionary<string, int>();
        _outside = [.. _values.Select((values, execution) =>
        {
            var key = string.Join(' ', values.Where((_, decision) => WidthOf(decision) == 1).Select(value => value[0]));
            return first.TryGetValue(key, out var known) ? known : first[key] = execution;
        })];
        _runs = new bool[flow.Steps.Count][][];
        for (var step = 0; step < flow.Steps.Count; step++)
            _runs[step] = [.. Enumerable.Range(0, _values.Count).Select(execution => Enumerable.Range(0, flow.Width(step)).Select(task => Decide(step, execution, task)).ToArray())];
    }

    private readonly Dictionary<int, HashSet<int>> _possible = [];

    public IEnumerable<(int Execution, int Task)> TasksOf(int step) =>
        Enumerable.Range(0, _values.Count).SelectMany(execution => Enumerable.Range(0, _flow.Width(step)).Select(task => (execution, task)));

    /// <summary>Whether the task of a step that agrees with a task of another ran.</summary>
    public bool Runs(int step, int execution, int task) => _runs[step][execution][_flow.Width(step) == 1 ? 0 : task];

    /// <summary>The value of a decision, or -1 where its task did not run.</summary>
    public int Value(int decision, int execution, int task) =>
        _flow.Decisions[decision].Producer is >= 0 and var producer && !Runs(producer, execution, task) ? -1 : _values[execution][decision][WidthOf(decision) == 1 ? 0 : task];

    public bool SaysYes(Box box, int execution, int task) => box.Decisions.All(decision => Value(decision, execution, task) is >= 0 and var value && box[decision]![value]);

    private int WidthOf(int decision) => _flow.Decisions[decision].Producer is >= 0 and var producer ? _flow.Width(producer) : 1;

    private void Enumerate(int decision, int[][] values)
    {
        if (decision == _flow.Decisions.Count)
        {
            _values.Add(values);
            return;
        }
        var size = _flow.Decisions[decision].Size;
        for (var first = 0; first < size; first++)
            if (WidthOf(decision) == 1) Enumerate(decision + 1, [.. values, [first]]);
            else for (var second = 0; second < size; second++) Enumerate(decision + 1, [.. values, [first, second]]);
    }

    private bool Decide(int step, int execution, int task) =>
        _flow.Steps[step].Conditions.All(condition => (WidthOf(condition.Decision) <= _flow.Width(step)) && Value(condition.Decision, execution, task) is >= 0 and var value && condition.Allowed[value])
        && _flow.Steps[step].Inputs.All(input => input.Kind switch
        {
            GuardInputKind.Needed => Runs(input.Producers[0], execution, task),
            GuardInputKind.OneOf => input.Producers.Any(producer => Runs(producer, execution, task)),
            GuardInputKind.Gather => CanRun(input.Producers[0], execution),
            _ => true,
        });

    /// <summary>Whether an item could have been made, given the decisions outside the dimension.</summary>
    private bool CanRun(int items, int execution)
    {
        if (!_possible.TryGetValue(items, out var possible))
            _possible[items] = possible = [.. Enumerable.Range(0, _values.Count).Where(other => _runs[items][other].Contains(true)).Select(other => _outside[other])];
        return possible.Contains(_outside[execution]);
    }
}
