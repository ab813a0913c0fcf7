using System.Collections.Immutable;
using FlowGen.Runs;

namespace FlowGen.Executing.Isolation;

/// <summary>Small things in messages.</summary>
internal static class WorkerWire
{
    public static void WriteBytes(this BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    public static byte[] ReadByteArray(this BinaryReader reader) => reader.ReadBytes(reader.ReadCount());

    /// <summary>A number of bytes, or of things of a byte at least: what a message declares must be in it.</summary>
    public static int ReadCount(this BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position ? count : throw new EndOfStreamException("A message between driver and worker is cut off.");
    }

    public static void Write(this BinaryWriter writer, Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        writer.Write(bytes);
    }

    public static Hash256 ReadHash(this BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        reader.BaseStream.ReadExactly(bytes);
        return new Hash256(bytes);
    }

    /// <summary>A value, with its bytes if they are not in the store yet; with the index of its items and the blobs that it refers to.</summary>
    public static void Write(this BinaryWriter writer, StoredValue value)
    {
        WritePlace(writer, value);
        writer.Write(value.Items is not null);
        if (value.Items is { } items) WritePlace(writer, items);
        writer.Write(value.References?.List is not null);
        if (value.References?.List is { } list) WritePlace(writer, list);
        else Write(writer, value.References?.Known ?? []);
    }

    public static StoredValue ReadValue(this BinaryReader reader)
    {
        var value = ReadPlace(reader);
        if (reader.ReadBoolean()) value = value.Indexed(ReadPlace(reader));
        if (reader.ReadBoolean()) return value.Referring(new BlobReferences(default, ReadPlace(reader)));
        var known = reader.ReadBlobs();
        return known.IsEmpty ? value : value.Referring(new BlobReferences(known, null));
    }

    public static void Write(this BinaryWriter writer, ImmutableArray<StoredValue> blobs)
    {
        writer.Write(blobs.Length);
        foreach (var blob in blobs) WritePlace(writer, blob);
    }

    public static ImmutableArray<StoredValue> ReadBlobs(this BinaryReader reader) => [.. reader.ReadMany(ReadPlace)];

    public static void Write(this BinaryWriter writer, TaskIndex index)
    {
        writer.Write(index.Count);
        foreach (var number in index.ToArray()) writer.Write(number);
    }

    public static TaskIndex ReadIndex(this BinaryReader reader) => TaskIndex.Of(reader.ReadMany(static r => r.ReadInt32() is >= 0 and var number ? number : throw new FormatException("an index is negative")));

    public static T[] ReadMany<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadCount()];
        for (var i = 0; i < items.Length; i++) items[i] = read(reader);
        return items;
    }

    private static void WritePlace(BinaryWriter writer, StoredValue value)
    {
        writer.Write(value.Hash);
        // Read once: the log may be moving it to its pack.
        var bytes = value.Bytes;
        writer.Write(bytes is not null);
        if (bytes is not null)
        {
            writer.WriteBytes(bytes);
            return;
        }
        writer.Write(value.Size);
        writer.Write(value.Offset);
        writer.Write(value.Container!.Hash);
        writer.Write(value.Container.Generation);
    }

    private static StoredValue ReadPlace(BinaryReader reader)
    {
        var hash = reader.ReadHash();
        if (reader.ReadBoolean()) return StoredValue.Of(hash, reader.ReadByteArray());
        var (size, offset) = (reader.ReadInt64(), reader.ReadInt32());
        return StoredValue.InPack(hash, size, new Pack(reader.ReadHash(), reader.ReadInt32()), offset);
    }
}
