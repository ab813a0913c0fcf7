using Microsoft.CodeAnalysis.CSharp.Syntax;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0705: a required parameter is always given.</summary>
internal static class RequiredWithDefault
{
    public static void Check(ParameterDeclaration parameter, FlowContext context)
    {
        if (!parameter.Property.IsRequired || parameter.Property.Syntax<PropertyDeclarationSyntax>()?.Initializer is not { } initializer) return;
        context.Report(Descriptors.RequiredWithDefault, initializer.Value.GetLocation(), [], Repair.Of(Repair.Modifier, "required"), parameter.Name, initializer.Value.ToString());
    }
}
