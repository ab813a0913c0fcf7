namespace FlowGen.Runs;

/// <summary>A policy of a run that is not the one its flow was compiled with.</summary>
/// <param name="Step">Name of the step, or <c>*</c> for all.</param>
/// <param name="Policy">Name of the policy, such as <c>retry</c>.</param>
/// <param name="Value">Its value as people write it.</param>
internal sealed record PolicyOverride(string Step, string Policy, string Value);
