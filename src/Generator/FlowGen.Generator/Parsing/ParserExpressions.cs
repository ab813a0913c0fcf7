using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Which parser turns text into a value of a type.</summary>
internal static class ParserExpressions
{
    private const string Parsers = "global::FlowGen.CompilerServices.ParameterParsers.";

    private static readonly HashSet<string> Parsable = new(StringComparer.Ordinal)
    {
        "System.Half", "System.DateOnly", "System.TimeOnly", "System.DateTimeOffset", "System.TimeSpan", "System.Guid", "System.Int128", "System.UInt128",
    };

    /// <summary>Expression that makes the parser; <c>null</c> if the type is not supported.</summary>
    public static string? Of(ITypeSymbol type, KnownTypes known)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] })
            return Scalar(value, known) is { } inner ? $"{Parsers}Nullable({inner})" : null;
        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
            return Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), known) is { } inner ? $"{Parsers}Optional({inner})" : null;
        if (type is IArrayTypeSymbol { Rank: 1, ElementType: { NullableAnnotation: not NullableAnnotation.Annotated } element })
            return Scalar(element, known) is { } item ? $"{Parsers}Array({item})" : null;
        return Scalar(type, known);
    }

    private static string? Scalar(ITypeSymbol type, KnownTypes known) => type switch
    {
        { SpecialType: SpecialType.System_String } => Parsers + "String",
        { SpecialType: SpecialType.System_Boolean } => Parsers + "Boolean",
        { TypeKind: TypeKind.Enum } => $"{Parsers}Enum<{type.FullName()}>()",
        _ when type.Is(known.InputFile) => Parsers + "File",
        _ when type.ToDisplayString() == "System.Uri" => Parsers + "Uri",
        _ when IsNumber(type) || Parsable.Contains(type.ToDisplayString()) => $"{Parsers}Parsable<{type.FullName()}>()",
        _ => null,
    };

    public static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
