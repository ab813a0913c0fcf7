using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>What people say about types: the attributes of MessagePack, known by name only, and <c>[assembly: ArtifactType]</c>.</summary>
internal static class ArtifactAnnotations
{
    /// <summary>Whether a type has <c>[MessagePackObject]</c>.</summary>
    public static bool IsMessagePackObject(INamedTypeSymbol type) => Find(type, "MessagePackObjectAttribute") is not null;

    public static bool UsesNamesAsKeys(INamedTypeSymbol type) => Find(type, "MessagePackObjectAttribute") is { } attribute
        && (attribute.ConstructorArguments.Any(argument => argument.Value is true) || attribute.NamedArguments.Any(argument => argument is { Key: "KeyAsPropertyName", Value.Value: true }));

    public static bool IsIgnored(ISymbol member) => Find(member, "IgnoreMemberAttribute") is not null;

    /// <summary>The text or number of <c>[Key]</c>, or <c>null</c>.</summary>
    public static object? KeyOf(ISymbol member) => Find(member, "KeyAttribute")?.ConstructorArguments.FirstOrDefault().Value;

    /// <summary>Whether it is MessagePack's <c>[Union(number, type)]</c>.</summary>
    public static bool IsUnion(AttributeData attribute) => Is(attribute, "UnionAttribute");

    public static bool IsPreferred(IMethodSymbol constructor) => Find(constructor, "SerializationConstructorAttribute") is not null;

    public static bool IsVouchedFor(Compilation compilation, INamedTypeSymbol type) => compilation.Assembly.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "ArtifactTypeAttribute", ContainingNamespace: { Name: "FlowGen", ContainingNamespace.IsGlobalNamespace: true } }
        && attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol vouched
        && SymbolEqualityComparer.Default.Equals(vouched.OriginalDefinition, type.OriginalDefinition));

    /// <summary>Records of other assemblies are told by what the compiler emits for them.</summary>
    public static bool IsRecord(INamedTypeSymbol type) => type.IsRecord || type.GetMembers("op_Equality").OfType<IMethodSymbol>()
        .Any(method => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute"));

    private static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute => Is(attribute, name));

    private static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: "MessagePack", ContainingNamespace.IsGlobalNamespace: true } } type && type.Name == name;
}
