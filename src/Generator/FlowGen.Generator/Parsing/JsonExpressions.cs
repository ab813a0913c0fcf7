using FlowGen.Generator.Emission;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Expressions that make the shapes of types in JSON that people write. Where a part has none, the whole has none.</summary>
internal static class JsonExpressions
{
    private const string Shapes = Code.Services + "JsonShapes.";

    /// <summary>Of a type of the framework.</summary>
    public static string? Of(INamedTypeSymbol type, KnownShape shape, string codec, ArtifactNode[] parts) => shape switch
    {
        KnownShape.Scalar => Scalar(type, codec),
        KnownShape.Sequence => List(parts[0]),
        KnownShape.Map => All(parts) is { } map ? $"{Shapes}Map({map})" : null,
        _ => All(parts) is { } pair ? $"{Shapes}Tuple({pair})" : null,
    };

    /// <summary>Of one of the user's types, which has a property with its shape.</summary>
    public static string Object(string codec) => $"{Shapes}Of(static () => {JsonShapeEmitter.NameOf(codec)})";

    public static string? Scalar(ITypeSymbol type, string codec) =>
        ParserExpressions.OfMember(type) is { } parser ? $"{Shapes}Scalar<{type.FullName()}, {codec}>({parser})" : null;

    public static string? Nullable(string? value) => value is null ? null : $"{Shapes}Nullable({value})";

    public static string? List(ArtifactNode item) =>
        item.TypeName == "byte" ? Shapes + "Bytes" : item.Json is null ? null : $"{Shapes}List({item.Json})";

    private static string? All(ArtifactNode[] parts) =>
        parts.Any(part => part.Json is null) ? null : string.Join(", ", parts.Select(part => part.Json));
}
