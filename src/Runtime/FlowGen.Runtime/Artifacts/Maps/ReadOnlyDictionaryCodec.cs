using System.Collections.ObjectModel;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ReadOnlyDictionary{TKey, TValue}"/>, stored as a map in the order of the encoded keys. Its comparer is not known and taken for the default one.</summary>
public readonly struct ReadOnlyDictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<ReadOnlyDictionary<TKey, TValue>>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyDictionary<TKey, TValue> value) => Map<TKey, TKeyCodec, TValue, TValueCodec>.Write(ref writer, Exact.Of(value), value.Count, KeyComparison.Default);

    /// <inheritdoc/>
    public static ReadOnlyDictionary<TKey, TValue> Read(ref MessagePackReader reader) => new(Map<TKey, TKeyCodec, TValue, TValueCodec>.ReadDictionary(ref reader));
}
