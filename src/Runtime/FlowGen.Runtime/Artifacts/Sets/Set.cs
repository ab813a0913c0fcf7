using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Sets: an array of the items in the order of their encodings. With a comparer that is not the default, a map from its name to that array.</summary>
internal static class Set<T, TCodec> where TCodec : struct, ICodec<T>
{
    public static void Write(ref MessagePackWriter writer, IReadOnlyCollection<T> items, KeyComparison comparison) => Write(ref writer, items, items.Count, comparison);

    public static void Write(ref MessagePackWriter writer, IEnumerable<T> items, int count, KeyComparison comparison)
    {
        using var keys = new EncodedKeys(count);
        var keyWriter = new MessagePackWriter(keys);
        var index = 0;
        try
        {
            foreach (var item in items)
            {
                keys.Add<T, TCodec>(ref keyWriter, item);
                index++;
            }
        }
        catch (ArtifactException e) when (ArtifactPath.Index(e, index))
        {
            throw;
        }

        keys.Sort();
        if (comparison.Name is { } name)
        {
            writer.WriteMapHeader(1);
            Text.Write(ref writer, name);
        }

        writer.WriteArrayHeader(count);
        for (var i = 0; i < count; i++) writer.WriteRaw(keys[i]);
    }

    /// <summary>Reads what comes before the items.</summary>
    public static KeyComparison ReadComparison(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType != MessagePackType.Map) return KeyComparison.Default;
        if (reader.ReadMapHeader() != 1) throw new ArtifactFormatException("A set was expected and a map found.");
        return KeyComparison.Read(ref reader);
    }

    public static TSet Fill<TSet>(ref MessagePackReader reader, TSet set) where TSet : ISet<T>
    {
        var count = reader.ReadArrayHeader();
        var i = 0;
        try
        {
            for (; i < count; i++)
                if (!set.Add(TCodec.Read(ref reader))) throw new ArtifactFormatException("A set has an item twice.");
        }
        catch (Exception e) when (ArtifactPath.Index(e, i))
        {
            throw;
        }

        return set;
    }

    public static HashSet<T> ReadHashSet(ref MessagePackReader reader)
    {
        var comparison = ReadComparison(ref reader);
        return Fill(ref reader, new HashSet<T>(comparison.EqualityComparerOf<T>()));
    }
}
