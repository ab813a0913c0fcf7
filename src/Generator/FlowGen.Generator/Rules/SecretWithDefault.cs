using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Rules;

/// <summary>FG0708: what is in the source is no secret.</summary>
internal static class SecretWithDefault
{
    public static void Check(ParameterDeclaration parameter, FlowContext context)
    {
        if (parameter.Property.IsRequired || !parameter.Property.Type.OriginalDefinition.Is(context.Known.Secret)) return;
        if (parameter.Property.Syntax<PropertyDeclarationSyntax>()?.Initializer is { } initializer)
            context.Report(Descriptors.SecretWithDefault, initializer.Value.GetLocation(), parameter.Name, initializer.Value.ToString());
    }
}
