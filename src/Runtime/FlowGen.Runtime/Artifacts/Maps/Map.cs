using System.Buffers;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Dictionaries: a map in the order of the encoded keys. With a comparer that is not the default, an array of its name and that map.</summary>
internal static class Map<TKey, TKeyCodec, TValue, TValueCodec>
    where TKey : notnull where TKeyCodec : struct, ICodec<TKey> where TValueCodec : struct, ICodec<TValue>
{
    public static void Write(ref MessagePackWriter writer, IEnumerable<KeyValuePair<TKey, TValue>> entries, int count, KeyComparison comparison)
    {
        using var keys = new EncodedKeys(count);
        var byIndex = ArrayPool<KeyValuePair<TKey, TValue>>.Shared.Rent(count);
        var keyWriter = new MessagePackWriter(keys);
        var index = 0;
        foreach (var entry in entries)
        {
            keys.Add<TKey, TKeyCodec>(ref keyWriter, entry.Key);
            byIndex[index++] = entry;
        }

        keys.Sort();
        WriteHeader(ref writer, count, comparison);
        for (var i = 0; i < count; i++)
        {
            writer.WriteRaw(keys[i]);
            WriteValue(ref writer, byIndex[keys.IndexAt(i)]);
        }

        Array.Clear(byIndex, 0, count);
        ArrayPool<KeyValuePair<TKey, TValue>>.Shared.Return(byIndex);
    }

    /// <summary>For maps that define an order.</summary>
    public static void WriteInOrder(ref MessagePackWriter writer, IEnumerable<KeyValuePair<TKey, TValue>> entries, int count, KeyComparison comparison)
    {
        WriteHeader(ref writer, count, comparison);
        foreach (var entry in entries)
        {
            TKeyCodec.Write(ref writer, entry.Key);
            WriteValue(ref writer, entry);
        }
    }

    /// <summary>Reads what comes before the map.</summary>
    public static KeyComparison ReadComparison(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType != MessagePackType.Array) return KeyComparison.Default;
        Expect.Array(ref reader, 2);
        return KeyComparison.Read(ref reader);
    }

    public static TMap Fill<TMap>(ref MessagePackReader reader, TMap map) where TMap : IDictionary<TKey, TValue>
    {
        var count = reader.ReadMapHeader();
        for (var i = 0; i < count; i++)
        {
            var key = TKeyCodec.Read(ref reader);
            map[key] = ReadValue(ref reader, key);
            if (map.Count != i + 1) throw new ArtifactFormatException("A map has a key twice.");
        }

        return map;
    }

    public static Dictionary<TKey, TValue> ReadDictionary(ref MessagePackReader reader)
    {
        var comparison = ReadComparison(ref reader);
        return Fill(ref reader, new Dictionary<TKey, TValue>(comparison.EqualityComparerOf<TKey>()));
    }

    private static void WriteHeader(ref MessagePackWriter writer, int count, KeyComparison comparison)
    {
        if (comparison.Name is { } name)
        {
            writer.WriteArrayHeader(2);
            Text.Write(ref writer, name);
        }

        writer.WriteMapHeader(count);
    }

    private static void WriteValue(ref MessagePackWriter writer, KeyValuePair<TKey, TValue> entry)
    {
        try
        {
            TValueCodec.Write(ref writer, entry.Value);
        }
        catch (ArtifactException e) when (ArtifactPath.Entry(e, entry.Key))
        {
            throw;
        }
    }

    private static TValue ReadValue(ref MessagePackReader reader, TKey key)
    {
        try
        {
            return TValueCodec.Read(ref reader);
        }
        catch (Exception e) when (ArtifactPath.Entry(e, key))
        {
            throw;
        }
    }
}
