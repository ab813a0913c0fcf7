using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0702: generated code sets every parameter of a new flow object.</summary>
internal static class ParameterNotSettable
{
    public static void Check(ParameterDeclaration parameter, FlowContext context)
    {
        var property = parameter.Property;
        var (found, edit) = property switch
        {
            { IsStatic: true } => ("is static, so all tasks would share it", "remove 'static'"),
            { SetMethod: null } => ("has no 'init' or 'set'", "write { get; init; }"),
            { GetMethod: null } => ("has no 'get'", "write { get; init; }"),
            _ when !IsAccessible(property.GetMethod, context) || !IsAccessible(property.SetMethod, context) =>
                ($"of base class '{property.ContainingType.Name}' is not accessible in the flow", "make it protected or public"),
            _ => ("", ""),
        };
        if (found.Length > 0) context.Report(Descriptors.ParameterNotSettable, parameter.Place, [], Repair.Of(Repair.Modifier, property.IsStatic ? ["static"] : []), parameter.Name, found, edit);
    }

    private static bool IsAccessible(IMethodSymbol accessor, FlowContext context) =>
        context.Compilation.IsSymbolAccessibleWithin(accessor, context.Type, context.Type);
}
