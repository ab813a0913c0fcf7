using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>A task that failed for good.</summary>
internal sealed record FailedTask(TaskAddress Address, int Attempts, TaskError Error, bool IsContained, IReadOnlyCollection<string> Tail);
