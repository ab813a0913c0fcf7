namespace FlowGen.Executing;

/// <summary>A sub-flow did not come to its end, because the run was stopped or has failed elsewhere: its task stays undecided.</summary>
internal sealed class SubFlowStoppedException : OperationCanceledException;
