using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="KeyValuePair{TKey, TValue}"/> as an array of key and value.</summary>
public readonly struct KeyValuePairCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<KeyValuePair<TKey, TValue>>
    where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, KeyValuePair<TKey, TValue> value)
    {
        writer.WriteArrayHeader(2);
        TKeyCodec.Write(ref writer, value.Key);
        TValueCodec.Write(ref writer, value.Value);
    }

    /// <inheritdoc/>
    public static KeyValuePair<TKey, TValue> Read(ref MessagePackReader reader)
    {
        Expect.Array(ref reader, 2);
        return new(TKeyCodec.Read(ref reader), TValueCodec.Read(ref reader));
    }
}
