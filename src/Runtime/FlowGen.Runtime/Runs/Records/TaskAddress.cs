using System.Globalization;

namespace FlowGen.Runs;

/// <summary>Names a task inside its run.</summary>
/// <param name="Step">Position of the step in the run's graph.</param>
/// <param name="Index">Where it is in the step's dimensions; empty for a step that runs once.</param>
/// <param name="Iteration">Of a loop, which iteration, from 0; otherwise -1.</param>
internal readonly record struct TaskAddress(int Step, TaskIndex Index = default, int Iteration = -1) : IComparable<TaskAddress>
{
    public int CompareTo(TaskAddress other) =>
        Step != other.Step ? Step.CompareTo(other.Step) : Index.CompareTo(other.Index) is not 0 and var order ? order : Iteration.CompareTo(other.Iteration);

    /// <summary>What stands behind the step's name in the task's: <c>[3,1]#2</c>.</summary>
    public string Suffix => Iteration < 0 ? Index.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Index}#{Iteration}");
}
