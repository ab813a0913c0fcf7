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
        var member = "Key";
        try
        {
            TKeyCodec.Write(ref writer, value.Key);
            member = "Value";
            TValueCodec.Write(ref writer, value.Value);
        }
        catch (ArtifactException e) when (ArtifactPath.Member(e, member))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public static KeyValuePair<TKey, TValue> Read(ref MessagePackReader reader)
    {
        Expect.Array(ref reader, 2);
        var member = "Key";
        try
        {
            var key = TKeyCodec.Read(ref reader);
            member = "Value";
            return new(key, TValueCodec.Read(ref reader));
        }
        catch (Exception e) when (ArtifactPath.Member(e, member))
        {
            throw;
        }
    }
}
