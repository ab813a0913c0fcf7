using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>One stored line of what an attempt wrote.</summary>
internal readonly record struct LogLine(TaskAddress Task, ulong AttemptId, DateTimeOffset? Time, string Text);
