using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0612: one value for each variable.</summary>
internal static class DuplicateVariable
{
    public static void Report(StepDeclaration step, AttributeData attribute, string name, FlowContext context) =>
        context.Report(Descriptors.DuplicateVariable, attribute.ArgumentPlace(0), step.Name, name);
}
