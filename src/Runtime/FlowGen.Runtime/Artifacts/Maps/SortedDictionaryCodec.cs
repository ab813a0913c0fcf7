using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="SortedDictionary{TKey, TValue}"/>, stored as a map in the order of the encoded keys.</summary>
public readonly struct SortedDictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<SortedDictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedDictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.Write(ref writer, Exact.Of(value), value.Count, KeyComparison.Of(value.Comparer));

    /// <inheritdoc/>
    public static SortedDictionary<TKey, TValue> Read(ref MessagePackReader reader)
    {
        var comparison = Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadComparison(ref reader);
        return Map<TKey, TKeyCodec, TValue, TValueCodec>.Fill(ref reader, new SortedDictionary<TKey, TValue>(comparison.ComparerOf<TKey>()));
    }
}
