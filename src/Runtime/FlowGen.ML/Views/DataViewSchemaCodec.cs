using FlowGen.ML.Columns;
using MessagePack;
using Microsoft.ML;

namespace FlowGen.ML;

/// <summary>The schema of a data view: its visible columns with name, type and annotations.</summary>
public readonly struct DataViewSchemaCodec : ICodec<DataViewSchema>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DataViewSchema value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var visible = ColumnHeader.Visible(value);
        writer.WriteArrayHeader(visible.Count);
        foreach (var column in visible)
        {
            writer.WriteArrayHeader(3);
            ColumnHeader.Write(ref writer, column);
        }
    }

    /// <inheritdoc/>
    public static DataViewSchema Read(ref MessagePackReader reader)
    {
        var headers = new List<ColumnHeader>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            if (reader.ReadArrayHeader() != 3) throw new ArtifactFormatException("A column has a name, a type and annotations.");
            headers.Add(ColumnHeader.Read(ref reader));
        }

        return ColumnHeader.Schema(headers);
    }
}
