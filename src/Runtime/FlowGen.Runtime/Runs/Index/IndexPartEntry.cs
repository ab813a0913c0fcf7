using MessagePack;

namespace FlowGen.Runs;

/// <summary>What a part of an index holds.</summary>
/// <param name="Facts">Number of records that are not about a single task.</param>
/// <param name="Rows">Number of tasks.</param>
/// <param name="First">The first task, if there is one.</param>
internal readonly record struct IndexPartEntry(int Facts, int Rows, TaskAddress? First)
{
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(Facts);
        writer.Write(Rows);
        if (First is { } first) TaskCodec.WritePath(ref writer, first);
        else writer.WriteNil();
    }

    public static IndexPartEntry Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 3);
        return new IndexPartEntry(Wire.ReadIndex(ref reader), Wire.ReadIndex(ref reader), reader.TryReadNil() ? null : TaskCodec.ReadPath(ref reader));
    }
}
