using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="IDictionary{TKey, TValue}"/>, stored as a map in the order of the encoded keys and read as a dictionary.</summary>
public readonly struct DictionaryInterfaceCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<IDictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IDictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.Write(ref writer, Exact.NotNull(value), value.Count, KeyComparison.OfMap<TKey, TValue>(value));

    /// <inheritdoc/>
    public static IDictionary<TKey, TValue> Read(ref MessagePackReader reader) => Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadDictionary(ref reader);
}
