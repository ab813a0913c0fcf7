using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>The two ways in which types are written: for the compiler and for people.</summary>
internal static class TypeNames
{
    /// <summary>With <c>global::</c>, keywords and nullability.</summary>
    public static readonly SymbolDisplayFormat FullyQualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Without namespaces, with nullability.</summary>
    public static readonly SymbolDisplayFormat Display = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(FullyQualified);

    public static string Shown(this ITypeSymbol type) => type.ToDisplayString(Display);
}
