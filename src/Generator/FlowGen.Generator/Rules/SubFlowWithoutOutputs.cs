using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0122: only what a flow marks as its outputs can be taken from it.</summary>
internal static class SubFlowWithoutOutputs
{
    /// <returns>False if the producer is not such a sub-flow.</returns>
    public static bool Report(StepDeclaration step, InputDeclaration input, StepDeclaration producer, FlowContext context)
    {
        if (producer is not { SubFlow: { } flow, Artifacts.Count: 0 }) return false;
        context.Report(Descriptors.SubFlowWithoutOutputs, input.Parameter.Place(), [producer.Place, flow.Place()], input.Parameter.Name, step.Name, producer.Name, flow.Name);
        return true;
    }
}
