using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0610: resources say something.</summary>
internal static class EmptyResources
{
    public static void Check(StepDeclaration step, AttributeData resources, FlowContext context)
    {
        if (resources.NamedArguments.IsEmpty && resources.Syntax()?.ArgumentList?.Arguments.Count is null or 0) context.Report(Descriptors.EmptyResources, resources.Place(), step.Name);
    }
}
