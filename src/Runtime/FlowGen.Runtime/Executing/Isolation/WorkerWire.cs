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

    public static byte[] ReadByteArray(this BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());

    public static void Write(this BinaryWriter writer, Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        writer.Write(bytes);
    }

    public static Hash256 ReadHash(this BinaryReader reader) => new(reader.ReadBytes(Hash256.Size));

    public static void Write(this BinaryWriter writer, TaskIndex index)
    {
        writer.Write(index.Count);
        foreach (var number in index.ToArray()) writer.Write(number);
    }

    public static TaskIndex ReadIndex(this BinaryReader reader) => TaskIndex.Of(reader.ReadMany(static r => r.ReadInt32()));

    public static void Write(this BinaryWriter writer, StepError? error)
    {
        writer.Write(error is not null);
        if (error is null) return;
        writer.Write(error.Task);
        writer.Write(error.Type);
        writer.Write(error.Message);
    }

    public static StepError? ReadError(this BinaryReader reader) => reader.ReadBoolean() ? new StepError(reader.ReadString(), reader.ReadString(), reader.ReadString()) : null;

    public static T[] ReadMany<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++) items[i] = read(reader);
        return items;
    }
}
