using FlowGen.CompilerServices;
using FlowGen.Executing.Reuse;
using FlowGen.Scheduling;

namespace FlowGen.Executing;

/// <summary>What follows from the definition of a flow alone, so that it is worked out once in a run, however often a sub-flow is opened.</summary>
/// <param name="Graph">The flow as the scheduler sees it.</param>
/// <param name="Code">What the code of its steps is made of; <c>null</c> if the build has not described it.</param>
internal sealed record FlowFacts(TaskGraph Graph, CodeDescription? Code)
{
    /// <param name="flow">The flow.</param>
    /// <param name="cachesAll">Whether the results of all its steps are shared with other runs.</param>
    /// <param name="isRemote">Whether its steps are sent to an engine.</param>
    public static FlowFacts Of(FlowDefinition flow, bool cachesAll, bool isRemote) => new(TaskGraph.Of(flow, cachesAll, isRemote), CodeDescription.Parse(flow.Code));
}
