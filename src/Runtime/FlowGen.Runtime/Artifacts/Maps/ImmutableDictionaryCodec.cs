using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ImmutableDictionary{TKey, TValue}"/>, stored as a map in the order of the encoded keys.</summary>
public readonly struct ImmutableDictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableDictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.Write(ref writer, Exact.Of(value), value.Count, KeyComparison.Of(value.KeyComparer, value.ValueComparer));

    /// <inheritdoc/>
    public static ImmutableDictionary<TKey, TValue> Read(ref MessagePackReader reader)
    {
        var comparison = Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadComparison(ref reader);
        return Map<TKey, TKeyCodec, TValue, TValueCodec>.Fill(ref reader, ImmutableDictionary.CreateBuilder<TKey, TValue>(comparison.EqualityComparerOf<TKey>())).ToImmutable();
    }
}
