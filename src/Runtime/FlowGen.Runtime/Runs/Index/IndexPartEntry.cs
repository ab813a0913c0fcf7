using MessagePack;

namespace FlowGen.Runs;

/// <summary>What a part of an index holds.</summary>
/// <param name="Facts">Number of records that are not about a single task.</param>
/// <param name="Rows">Number of tasks.</param>
/// <param name="Step">Step of the first task, and its position in it; 0 if the part has none.</param>
/// <param name="Position">0 for a step that runs once.</param>
internal readonly record struct IndexPartEntry(int Facts, int Rows, int Step, int Position)
{
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        writer.Write(Facts);
        writer.Write(Rows);
        writer.Write(Step);
        writer.Write(Position);
    }

    public static IndexPartEntry Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 4);
        return new IndexPartEntry(Wire.ReadIndex(ref reader), Wire.ReadIndex(ref reader), Wire.ReadIndex(ref reader), Wire.ReadIndex(ref reader));
    }
}
