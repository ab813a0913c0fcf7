using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0121: what a sub-flow returns is the flow to run.</summary>
internal static class SubFlowWithoutFlow
{
    public static bool Check(StepDeclaration step, FlowContext context)
    {
        if (step.Result?.TypeKind == TypeKind.Error) return false;
        var (found, edit) = step.Result switch
        {
            null => ("nothing", "return an object of a class marked with [Flow]"),
            { NullableAnnotation: NullableAnnotation.Annotated } nullable when context.SubFlows.FlowOf(nullable) is { } flow => ($"'{nullable.Shown()}', which may be null", $"return '{flow.WithoutNull().Shown()}'"),
            var other when context.SubFlows.FlowOf(other) is null => ($"'{other.Shown()}', which is no flow", "return an object of a class marked with [Flow], or write [Step]"),
            _ => default,
        };
        if (found is null) return true;
        context.Report(Descriptors.SubFlowWithoutFlow, step.Method.ReturnTypePlace(), step.Name, found, edit);
        return false;
    }
}
