using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0404: the second of two equal values was probably meant to be another one.</summary>
internal static class DuplicateDecisionValue
{
    public static void Report(StepDeclaration step, AttributeData attribute, int position, DecisionDeclaration decision, int value, FlowContext context) =>
        context.Report(Descriptors.DuplicateDecisionValue, attribute.ArgumentPlace(position + 1), step.Name, decision.Shown(value), decision.Source.Description);
}
