using System.Collections.Frozen;
using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>How a set or map tells its keys apart. Written only where it is not the default.</summary>
/// <param name="Name">Its name in the encoding; <c>null</c> for the default comparer.</param>
internal readonly record struct KeyComparison(string? Name)
{
    public static readonly KeyComparison Default;
    public static readonly KeyComparison Ordinal = new("Ordinal");
    public static readonly KeyComparison OrdinalIgnoreCase = new("OrdinalIgnoreCase");

    /// <summary>Of a hashed collection. For these, ordinal is what the default comparer does.</summary>
    public static KeyComparison Of<T>(IEqualityComparer<T> comparer) =>
        comparer.Equals(EqualityComparer<T>.Default) || comparer.Equals(StringComparer.Ordinal) ? Default :
        comparer.Equals(StringComparer.OrdinalIgnoreCase) ? OrdinalIgnoreCase :
        throw Unknown(comparer);

    /// <summary>Of a sorted collection. For these, the default comparer of strings depends on the culture.</summary>
    public static KeyComparison Of<T>(IComparer<T> comparer) =>
        comparer.Equals(Comparer<T>.Default) ? Default :
        comparer.Equals(StringComparer.Ordinal) ? Ordinal :
        comparer.Equals(StringComparer.OrdinalIgnoreCase) ? OrdinalIgnoreCase :
        throw Unknown(comparer);

    /// <summary>Of an immutable dictionary, whose comparer of values must be the default.</summary>
    public static KeyComparison Of<TKey, TValue>(IEqualityComparer<TKey> keys, IEqualityComparer<TValue> values) =>
        values.Equals(EqualityComparer<TValue>.Default) ? Of(keys) : throw Unknown(values);

    /// <summary>Of an immutable sorted dictionary, whose comparer of values must be the default.</summary>
    public static KeyComparison Of<TKey, TValue>(IComparer<TKey> keys, IEqualityComparer<TValue> values) =>
        values.Equals(EqualityComparer<TValue>.Default) ? Of(keys) : throw Unknown(values);

    /// <summary>Of a set that is declared as an interface; of a foreign class, the default.</summary>
    public static KeyComparison OfSet<T>(object set) => set switch
    {
        HashSet<T> hashed => Of(hashed.Comparer),
        FrozenSet<T> frozen => Of(frozen.Comparer),
        ImmutableHashSet<T> immutable => Of(immutable.KeyComparer),
        SortedSet<T> sorted => Of(sorted.Comparer).AsHashed(),
        ImmutableSortedSet<T> immutable => Of(immutable.KeyComparer).AsHashed(),
        _ => Default,
    };

    /// <summary>Of a map that is declared as an interface; of a foreign class, the default.</summary>
    public static KeyComparison OfMap<TKey, TValue>(object map) where TKey : notnull => map switch
    {
        Dictionary<TKey, TValue> hashed => Of(hashed.Comparer),
        FrozenDictionary<TKey, TValue> frozen => Of(frozen.Comparer),
        ImmutableDictionary<TKey, TValue> immutable => Of(immutable.KeyComparer),
        OrderedDictionary<TKey, TValue> ordered => Of(ordered.Comparer),
        SortedDictionary<TKey, TValue> sorted => Of(sorted.Comparer).AsHashed(),
        SortedList<TKey, TValue> sorted => Of(sorted.Comparer).AsHashed(),
        ImmutableSortedDictionary<TKey, TValue> immutable => Of(immutable.KeyComparer).AsHashed(),
        _ => Default,
    };

    public static KeyComparison Read(ref MessagePackReader reader) => Text.Read(ref reader) switch
    {
        "Ordinal" => Ordinal,
        "OrdinalIgnoreCase" => OrdinalIgnoreCase,
        var name => throw Text.Invalid("comparer", name),
    };

    public IEqualityComparer<T>? EqualityComparerOf<T>() => (IEqualityComparer<T>?)ComparerOf<T>();

    public IComparer<T>? ComparerOf<T>() =>
        Name is null ? null :
        typeof(T) != typeof(string) ? throw new ArtifactFormatException($"{TypeNames.Of(typeof(T))} cannot be compared by {Name}.") :
        (IComparer<T>)(object)(this == Ordinal ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private KeyComparison AsHashed() => this == Ordinal ? Default : this;

    private static ArtifactException Unknown(object comparer) =>
        new($"a collection with the comparer {TypeNames.Of(comparer.GetType())}; only the default, Ordinal and OrdinalIgnoreCase are kept, so copy it into a collection with one of these.");
}
