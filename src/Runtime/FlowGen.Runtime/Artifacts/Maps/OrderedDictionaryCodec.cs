using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="OrderedDictionary{TKey, TValue}"/>, stored as a map in its own order.</summary>
public readonly struct OrderedDictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<OrderedDictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, OrderedDictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.WriteInOrder(ref writer, Exact.Of(value), value.Count, KeyComparison.Of(value.Comparer));

    /// <inheritdoc/>
    public static OrderedDictionary<TKey, TValue> Read(ref MessagePackReader reader)
    {
        var comparison = Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadComparison(ref reader);
        return Map<TKey, TKeyCodec, TValue, TValueCodec>.Fill(ref reader, new OrderedDictionary<TKey, TValue>(comparison.EqualityComparerOf<TKey>()));
    }
}
