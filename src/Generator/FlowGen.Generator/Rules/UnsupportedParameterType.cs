using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Rules;

/// <summary>FG0701: a parameter comes as text or JSON.</summary>
internal static class UnsupportedParameterType
{
    /// <summary>Whether there is more to say about a type than that it cannot be stored.</summary>
    public static bool IsKnown(ITypeSymbol type) => IsFile(Core(type)) || ParserExpressions.UnsupportedScalar(Core(type)) || IsManySecrets(type);

    public static void Report(ParameterDeclaration parameter, FlowContext context)
    {
        var type = parameter.Property.Type;
        var edit = Core(type) switch
        {
            { SpecialType: SpecialType.System_DateTime } => "use DateTimeOffset, which has a time zone, or DateOnly",
            { SpecialType: SpecialType.System_Char } => "use string",
            var core when IsFile(core) => "use InputFile",
            { Name: "Secret" } when IsManySecrets(type) => "use several parameters",
            { Name: "Secret" } => "use Secret<string>, and read what it holds in a step",
            INamedTypeSymbol { TypeArguments: [{ Name: "InputFile" }] } => "use InputFile[]",
            IArrayTypeSymbol { Rank: > 1 } => "use an array of arrays",
            _ => "take the file that holds it as an InputFile and read it in a step",
        };
        context.Report(Descriptors.UnsupportedParameterType, parameter.Property.TypePlace(), parameter.Name, type.Shown(), edit);
    }

    /// <summary>The items of an array, the value of a nullable.</summary>
    private static ITypeSymbol Core(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => Core(array.ElementType),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } => Core(value),
        { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated),
        _ => type,
    };

    private static bool IsFile(ITypeSymbol type) => type.ToDisplayString() is "System.IO.FileInfo" or "System.IO.Stream" or "System.IO.FileStream";

    private static bool IsManySecrets(ITypeSymbol type) => type is IArrayTypeSymbol && Core(type) is { Name: "Secret", ContainingNamespace: { Name: "FlowGen", ContainingNamespace.IsGlobalNamespace: true } };
}
