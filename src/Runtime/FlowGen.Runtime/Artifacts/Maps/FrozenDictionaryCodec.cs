using System.Collections.Frozen;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="FrozenDictionary{TKey, TValue}"/>, stored as a map in the order of the encoded keys.</summary>
public readonly struct FrozenDictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<FrozenDictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenDictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.Write(ref writer, Exact.NotNull(value), value.Count, KeyComparison.Of(value.Comparer));

    /// <inheritdoc/>
    public static FrozenDictionary<TKey, TValue> Read(ref MessagePackReader reader)
    {
        var entries = Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadDictionary(ref reader);
        return entries.ToFrozenDictionary(entries.Comparer);
    }
}
