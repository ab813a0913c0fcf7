using FlowGen.Runs;

namespace FlowGen.Executing;

/// <summary>A task in a sub-flow failed, so that the task which the sub-flow is fails with the same error.</summary>
internal sealed class SubFlowFailedException(TaskError error) : Exception(error.Message)
{
    public TaskError Error { get; } = error;
}
