using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0207: a default value is no fallback for a missing source.</summary>
internal static class OptionalInput
{
    public static void Check(StepDeclaration step, IParameterSymbol parameter, FlowContext context)
    {
        if (!parameter.HasExplicitDefaultValue) return;
        var clause = parameter.Syntax<Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax>()?.Default;
        context.Report(Descriptors.OptionalInput, clause?.GetLocation() ?? parameter.Place(), parameter.Name, step.Name, clause?.ToString() ?? "= ...");
    }
}
