using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Which types <c>[ForEach]</c> iterates and <c>[Gather]</c> fills.</summary>
internal static class Lists
{
    /// <summary>Type of the items of an array, list, <c>IReadOnlyList</c> or <c>ImmutableArray</c>; <c>null</c> for anything else.</summary>
    public static ITypeSymbol? ItemOf(ITypeSymbol type, KnownTypes known) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var item] } named when IsAny(named, known.List, known.ReadOnlyList, known.ImmutableArray) => item,
        _ => null,
    };

    /// <summary>Type of the items that can be gathered into a type.</summary>
    public static ITypeSymbol? GatheredItemOf(ITypeSymbol type, KnownTypes known) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var item] } named when IsAny(named, known.ReadOnlyList, known.ImmutableArray) => item,
        _ => null,
    };

    /// <summary>Type of the items of anything that can be enumerated.</summary>
    public static ITypeSymbol? EnumeratedItemOf(ITypeSymbol type) => type.SpecialType == SpecialType.System_String
        ? null
        : new[] { type }.Concat(type.AllInterfaces).OfType<INamedTypeSymbol>()
            .FirstOrDefault(t => t.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];

    private static bool IsAny(INamedTypeSymbol type, params INamedTypeSymbol?[] definitions) => definitions.Any(definition => type.OriginalDefinition.Is(definition));
}
