using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ImmutableSortedDictionary{TKey, TValue}"/>, stored as a map in the order of the encoded keys.</summary>
public readonly struct ImmutableSortedDictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<ImmutableSortedDictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedDictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.Write(ref writer, Exact.Of(value), value.Count, KeyComparison.Of(value.KeyComparer, value.ValueComparer));

    /// <inheritdoc/>
    public static ImmutableSortedDictionary<TKey, TValue> Read(ref MessagePackReader reader)
    {
        var comparison = Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadComparison(ref reader);
        return Map<TKey, TKeyCodec, TValue, TValueCodec>.Fill(ref reader, ImmutableSortedDictionary.CreateBuilder<TKey, TValue>(comparison.ComparerOf<TKey>())).ToImmutable();
    }
}
