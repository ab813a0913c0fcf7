using FlowGen.Generator.Emission;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Which parser turns text or JSON into a value of a type.</summary>
internal static class ParserExpressions
{
    private const string Parsers = Code.Services + "ParameterParsers.";

    private static readonly HashSet<string> Parsable = new(StringComparer.Ordinal)
    {
        "System.Half", "System.DateOnly", "System.TimeOnly", "System.DateTimeOffset", "System.TimeSpan", "System.Guid", "System.Int128", "System.UInt128",
    };

    /// <summary>What members of objects may be too: as parameters they would invite mistakes.</summary>
    private static readonly HashSet<string> ParsableMembers = new(StringComparer.Ordinal)
    {
        "System.DateTime", "char", "nint", "nuint", "System.Numerics.BigInteger",
    };

    /// <summary>Expression that makes the parser; <c>null</c> if the type is not supported.</summary>
    /// <param name="type">A type that can be stored.</param>
    /// <param name="context">Knows the codecs.</param>
    /// <param name="use">The parameter.</param>
    public static string? Of(ITypeSymbol type, FlowContext context, ArtifactUse use)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] })
            return Of(value, context, use) is { } inner ? $"{Parsers}Nullable({inner})" : null;
        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
            return Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), context, use) is { } inner ? $"{Parsers}Optional({inner})" : null;
        if (type is INamedTypeSymbol { TypeArguments: [var secret] } && type.OriginalDefinition.Is(context.Known.Secret))
            return Scalar(secret, context.Known) is { } inner && !secret.Is(context.Known.InputFile) ? $"{Parsers}Secret({inner})" : null;
        if (type is IArrayTypeSymbol { Rank: 1, ElementType: { SpecialType: not SpecialType.System_Byte } element } && !element.MayBeNull())
            return Of(element, context, use) is { } item ? $"{Parsers}Array({item})" : null;
        if (Scalar(type, context.Known) is { } scalar) return scalar;
        if (UnsupportedScalar(type)) return null;
        return context.Types.JsonOf(type, use) is var (codec, shape) ? $"{Parsers}Json<{type.FullName()}, {codec}>({shape})" : null;
    }

    /// <summary>Expression that makes the parser of a member of an object; <c>null</c> if it is not one token of JSON.</summary>
    public static string? OfMember(ITypeSymbol type) =>
        ParsableMembers.Contains(type.ToDisplayString()) ? Parse(type) : Simple(type);

    /// <summary>A simple type that no parameter may have. Of blobs there is more to say.</summary>
    public static bool UnsupportedScalar(ITypeSymbol type) =>
        Simple(type) is null && type is INamedTypeSymbol named && KnownCodecs.Of(named) is { Shape: KnownShape.Scalar, Codec: not "BlobCodec" };

    public static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private static string? Scalar(ITypeSymbol type, KnownTypes known) => type.Is(known.InputFile) ? Parsers + "File" : Simple(type);

    private static string? Simple(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => Parsers + "String",
        { SpecialType: SpecialType.System_Boolean } => Parsers + "Boolean",
        { TypeKind: TypeKind.Enum } => $"{Parsers}Enum<{type.FullName()}>()",
        _ when type.ToDisplayString() == "System.Uri" => Parsers + "Uri",
        _ when IsNumber(type) || Parsable.Contains(type.ToDisplayString()) => Parse(type),
        _ => null,
    };

    private static string Parse(ITypeSymbol type) => $"{Parsers}Parsable<{type.FullName()}>()";
}
