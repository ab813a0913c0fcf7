using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0215: values, text and what FlowGen itself hands out are in no container of services.</summary>
internal static class UnfitService
{
    public static bool Check(string owner, IParameterSymbol parameter, FlowContext context)
    {
        var type = parameter.Type;
        var found = type switch
        {
            { IsValueType: true } => "which is a value and never a service",
            { SpecialType: SpecialType.System_String } or IArrayTypeSymbol => "which is data and never a service",
            { SpecialType: SpecialType.System_Object } or IDynamicTypeSymbol => "which could be anything",
            INamedTypeSymbol { ContainingNamespace: { Name: "FlowGen", ContainingNamespace.IsGlobalNamespace: true } space } when space.Equals(context.Known.Flow?.ContainingNamespace, SymbolEqualityComparer.Default) =>
                "which FlowGen itself hands out",
            _ when type.Attribute(context.Known.Flow) is not null => "which is a flow",
            _ => null,
        };
        if (found is null) return true;
        var edit = type is IDynamicTypeSymbol or { SpecialType: SpecialType.System_Object } ? "write the type under which it is registered" : "remove [Service] to bind the input by its name";
        context.Report(Descriptors.UnfitService, parameter.TypePlace(), parameter.Name, owner, type.Shown(), found, edit);
        return false;
    }
}
