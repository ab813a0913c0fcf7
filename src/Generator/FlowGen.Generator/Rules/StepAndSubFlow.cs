using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0126: a method makes an artifact or names a flow to run.</summary>
internal static class StepAndSubFlow
{
    public static bool Check(StepDeclaration step, AttributeData subFlow, FlowContext context)
    {
        if (step.Attributed.Attribute(context.Known.Step) is not { } other) return true;
        context.Report(Descriptors.StepAndSubFlow, other.Place(), [subFlow.Place()], step.Name);
        return false;
    }
}
