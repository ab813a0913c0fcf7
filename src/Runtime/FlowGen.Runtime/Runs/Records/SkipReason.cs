namespace FlowGen.Runs;

/// <summary>Why tasks are skipped: a decision turned out against them.</summary>
/// <param name="Decision">Position of the decision.</param>
/// <param name="Value">Number of the value it had (see <see cref="CompilerServices.DecisionDefinition"/>); -1 if the task that makes it was skipped itself.</param>
internal sealed record SkipReason(int Decision, int Value);
