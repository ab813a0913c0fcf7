using MessagePack;
using Microsoft.ML.Data;

namespace FlowGen.ML.Columns;

/// <summary>The id of a row: its low and its high half.</summary>
internal readonly struct RowIdCodec : ICodec<DataViewRowId>
{
    public static void Write(ref MessagePackWriter writer, DataViewRowId value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Low);
        writer.Write(value.High);
    }

    public static DataViewRowId Read(ref MessagePackReader reader)
    {
        if (reader.ReadArrayHeader() != 2) throw new ArtifactFormatException("The id of a row has two halves.");
        return new DataViewRowId(reader.ReadUInt64(), reader.ReadUInt64());
    }
}
