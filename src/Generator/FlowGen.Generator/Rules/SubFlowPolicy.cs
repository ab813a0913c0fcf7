using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0124: a sub-flow has no attempt of its own that a policy could be about.</summary>
internal static class SubFlowPolicy
{
    public static void Check(StepDeclaration step, FlowContext context)
    {
        foreach (var policy in context.Known.OfAttempts.SelectMany(known => step.Attributed.Attributes(known)))
            context.Report(Descriptors.SubFlowPolicy, policy.Place(), step.Name, step.SubFlow!.Name, BadValidation.ShortName(policy));
    }
}
