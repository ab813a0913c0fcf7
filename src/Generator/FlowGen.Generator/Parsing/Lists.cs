using FlowGen.Generator.Model;
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
        INamedTypeSymbol { TypeArguments: [var item] } named when IsAny(named, known.ReadOnlyList, known.ImmutableArray, known.AsyncEnumerable) => item,
        _ => null,
    };

    /// <summary>How a list of gathered values is made.</summary>
    public static ListKind KindOf(ITypeSymbol type, KnownTypes known) =>
        type.OriginalDefinition.Is(known.ImmutableArray) ? ListKind.ImmutableArray : type.OriginalDefinition.Is(known.AsyncEnumerable) ? ListKind.Stream : ListKind.Array;

    /// <summary>Whether a source can be gathered into a list.</summary>
    public static bool CanGather(SourceDeclaration source, ITypeSymbol list, FlowContext context) => GatheredItemOf(list, context.Known) is { } item
        && Conversions.Check(context.Compilation, source.Type, Shape.Of(item, context.Known).Value) == Fit.Fits;

    /// <summary>Type of the items of anything that can be enumerated.</summary>
    public static ITypeSymbol? EnumeratedItemOf(ITypeSymbol type) => type.SpecialType == SpecialType.System_String
        ? null
        : new[] { type }.Concat(type.AllInterfaces).OfType<INamedTypeSymbol>()
            .FirstOrDefault(t => t.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];

    private static bool IsAny(INamedTypeSymbol type, params INamedTypeSymbol?[] definitions) => definitions.Any(definition => type.OriginalDefinition.Is(definition));
}
