namespace FlowGen.Runs;

/// <summary>What the log says of one task.</summary>
internal readonly record struct IndexRow(TaskAddress Address, TaskRow Task);
