using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Dictionary{TKey, TValue}"/>, stored as a map in the order of the encoded keys.</summary>
public readonly struct DictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<Dictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Dictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.Write(ref writer, Exact.Of(value), value.Count, KeyComparison.Of(value.Comparer));

    /// <inheritdoc/>
    public static Dictionary<TKey, TValue> Read(ref MessagePackReader reader) => Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadDictionary(ref reader);
}
