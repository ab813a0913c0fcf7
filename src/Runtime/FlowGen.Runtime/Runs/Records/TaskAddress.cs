namespace FlowGen.Runs;

/// <summary>Names a task inside its run.</summary>
/// <param name="Step">Position of the step in the run's graph.</param>
/// <param name="Index">Index in the step's dimension, or -1 for a step that runs once. In the log it is an array, so that steps in several dimensions need no new format.</param>
internal readonly record struct TaskAddress(int Step, int Index = -1);
