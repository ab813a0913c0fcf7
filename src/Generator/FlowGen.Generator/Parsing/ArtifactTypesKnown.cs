using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Shape of a codec's type arguments.</summary>
internal enum KnownShape
{
    Scalar,
    Sequence,
    Map,
    Pair,
}

/// <summary>A codec of the runtime.</summary>
/// <param name="Codec">Name of the struct.</param>
/// <param name="Shape">Which type arguments it takes.</param>
/// <param name="IsImmutable">Whether values are immutable, and keep even what nobody should look at, such as the order of a set.</param>
/// <param name="CanFail">Whether writing can fail.</param>
internal sealed record KnownCodec(string Codec, KnownShape Shape, bool IsImmutable, bool CanFail)
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal) { "SByteCodec", "ByteCodec", "Int16Codec", "UInt16Codec", "Int32Codec", "UInt32Codec", "Int64Codec", "UInt64Codec" };

    private static readonly HashSet<string> Scalars = new(StringComparer.Ordinal)
    {
        "BooleanCodec", "CharCodec", "DecimalCodec", "GuidCodec", "StringCodec", "DateTimeCodec", "DateTimeOffsetCodec", "DateOnlyCodec", "TimeOnlyCodec", "TimeSpanCodec",
    };

    /// <summary>The column of many values, without its namespace; <c>null</c> if there is none.</summary>
    public string? ColumnOf(string typeName) => Numbers.Contains(Codec) ? $"NumberColumn<{typeName}>"
        : Codec is "SingleCodec" or "DoubleCodec" ? $"FloatColumn<{typeName}>"
        : Scalars.Contains(Codec) ? Codec.Substring(0, Codec.Length - "Codec".Length) + "Column"
        : null;
}

/// <summary>The types of the framework, and of the runtime, that can be stored, and the codecs of the runtime that do it.</summary>
internal static class KnownCodecs
{
    private static readonly Dictionary<string, KnownCodec> Table = new(StringComparer.Ordinal);

    static KnownCodecs()
    {
        foreach (var name in new[]
        {
            "Boolean", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Int128", "UInt128", "IntPtr", "UIntPtr", "Half", "Single", "Double",
            "Decimal", "Char", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Numerics.BigInteger", "Numerics.Complex",
        })
            Add("System." + name, KnownShape.Scalar, isImmutable: true, canFail: false);
        foreach (var name in new[] { "String", "Version" }) Add("System." + name, KnownShape.Scalar, isImmutable: true);
        Add("System.Uri", KnownShape.Scalar);
        Add("FlowGen.Blob", KnownShape.Scalar, isImmutable: true);

        foreach (var name in new[] { "List", "Queue", "Stack", "LinkedList", "HashSet", "SortedSet" }) Add($"System.Collections.Generic.{name}`1", KnownShape.Sequence);
        foreach (var name in new[] { "List", "Collection", "ReadOnlyList", "ReadOnlyCollection", "Set", "ReadOnlySet" })
            Add($"System.Collections.Generic.I{name}`1", KnownShape.Sequence, codec: name + "InterfaceCodec");
        foreach (var name in new[] { "Memory", "ReadOnlyMemory", "Collections.ObjectModel.ReadOnlyCollection", "Collections.Immutable.ImmutableHashSet", "Collections.Frozen.FrozenSet" })
            Add($"System.{name}`1", KnownShape.Sequence);
        foreach (var name in new[] { "ImmutableArray", "ImmutableList", "ImmutableSortedSet" })
            Add($"System.Collections.Immutable.{name}`1", KnownShape.Sequence, isImmutable: true);

        foreach (var name in new[] { "Generic.Dictionary", "Generic.SortedDictionary", "Generic.SortedList", "Generic.OrderedDictionary", "ObjectModel.ReadOnlyDictionary", "Immutable.ImmutableDictionary", "Frozen.FrozenDictionary" })
            Add($"System.Collections.{name}`2", KnownShape.Map);
        foreach (var name in new[] { "Dictionary", "ReadOnlyDictionary" }) Add($"System.Collections.Generic.I{name}`2", KnownShape.Map, codec: name + "InterfaceCodec");
        Add("System.Collections.Immutable.ImmutableSortedDictionary`2", KnownShape.Map, isImmutable: true);
        Add("System.Collections.Generic.KeyValuePair`2", KnownShape.Pair, isImmutable: true, canFail: false);
    }

    public static KnownCodec? Of(INamedTypeSymbol type) => Table.TryGetValue(type.FullMetadataName(), out var known) ? known : null;

    private static void Add(string type, KnownShape shape, bool isImmutable = false, bool canFail = true, string? codec = null) =>
        Table.Add(type, new KnownCodec(codec ?? type.Substring(type.LastIndexOf('.') + 1).Split('`')[0] + "Codec", shape, isImmutable, canFail));

    /// <summary>Namespace and name as the table writes them.</summary>
    public static string FullMetadataName(this INamedTypeSymbol type)
    {
        var name = type.OriginalDefinition.MetadataName;
        for (var container = type.ContainingType; container is not null; container = container.ContainingType) name = $"{container.MetadataName}+{name}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{name}" : name;
    }
}
