namespace FlowGen.Runs;

/// <summary>What the log says of one task.</summary>
/// <param name="Step">Position of its step in the graph.</param>
/// <param name="Position">Its index, or 0 for a step that runs once.</param>
/// <param name="Task">The rest.</param>
internal readonly record struct IndexRow(int Step, int Position, TaskTable.Row Task);
