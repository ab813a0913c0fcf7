using System.Globalization;

namespace FlowGen.Runs;

/// <summary>Names a task inside its run.</summary>
/// <param name="Step">Position of the step in the run's graph.</param>
/// <param name="Index">Where it is in the step's dimensions; empty for a step that runs once.</param>
/// <param name="Iteration">Of a loop, which iteration, from 0; otherwise -1.</param>
internal readonly record struct TaskAddress(int Step, TaskIndex Index = default, int Iteration = -1) : IComparable<TaskAddress>
{
    /// <summary>The task that it is inside of; <c>null</c> for a task of the run's own flow, and wherever only one flow is spoken of (its scheduler, its records).</summary>
    public OuterTask? Outer { get; init; }

    /// <summary>The order inside one flow. Of several flows: the outer one's tasks, then those of its sub-flows, one sub-flow after the other.</summary>
    public int CompareTo(TaskAddress other) => !ReferenceEquals(Outer, other.Outer) && CompareOuter(other) is not 0 and var order ? order : CompareInFlow(other);

    private int CompareInFlow(TaskAddress other) =>
        Step != other.Step ? Step.CompareTo(other.Step) : Index.CompareTo(other.Index) is not 0 and var order ? order : Iteration.CompareTo(other.Iteration);

    private int CompareOuter(TaskAddress other)
    {
        var (mine, others) = (OuterTask.Path(Outer), OuterTask.Path(other.Outer));
        for (var i = 0; i < mine.Length && i < others.Length; i++)
            if (mine[i].CompareInFlow(others[i]) is not 0 and var order) return order;
        return mine.Length.CompareTo(others.Length);
    }

    /// <summary>What stands behind the step's name in the task's: <c>[3,1]#2</c>.</summary>
    public string Suffix => Iteration < 0 ? Index.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Index}#{Iteration}");
}
