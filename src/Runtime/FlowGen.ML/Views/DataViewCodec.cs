using FlowGen.ML.Columns;
using FlowGen.ML.Views;
using MessagePack;
using Microsoft.ML;

namespace FlowGen.ML;

/// <summary>
/// A data view: its visible columns one after the other, with name, type, annotations and values. Everything the view computes is computed when it is stored, and what is read back is in memory.
/// </summary>
public readonly struct DataViewCodec : ICodec<IDataView>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IDataView value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var visible = ColumnHeader.Visible(value.Schema);
        // Headers first: a type that cannot be stored is found before anything is computed.
        writer.WriteMapHeader(3);
        writer.Write("columns");
        writer.WriteArrayHeader(visible.Count);
        foreach (var column in visible)
        {
            writer.WriteArrayHeader(3);
            ColumnHeader.Write(ref writer, column);
        }

        ColumnData[] columns = [.. visible.Select(column => ColumnTypes.Room(column.Type)!)];
        var rows = 0;
        using (var cursor = value.GetRowCursor(visible))
        {
            Action[] collectors = [.. visible.Select((column, c) => columns[c].Collector(cursor, column))];
            for (; cursor.MoveNext(); rows = checked(rows + 1))
                foreach (var collect in collectors) collect();
        }

        writer.Write("rows");
        writer.Write(rows);
        writer.Write("values");
        writer.WriteArrayHeader(columns.Length);
        foreach (var column in columns) column.Write(ref writer);
    }

    /// <inheritdoc/>
    public static IDataView Read(ref MessagePackReader reader)
    {
        if (reader.ReadMapHeader() != 3) throw new ArtifactFormatException("A data view has columns, rows and values.");
        Keys.Expect(ref reader, "columns");
        var headers = new List<ColumnHeader>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            if (reader.ReadArrayHeader() != 3) throw new ArtifactFormatException("A column has a name, a type and annotations.");
            headers.Add(ColumnHeader.Read(ref reader));
        }

        Keys.Expect(ref reader, "rows");
        var rows = reader.ReadInt32();
        Keys.Expect(ref reader, "values");
        if (reader.ReadArrayHeader() != headers.Count || rows < 0) throw new ArtifactFormatException("A data view has values for each of its columns.");
        var columns = new ColumnData[headers.Count];
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = ColumnTypes.Room(headers[c].Type)!;
            columns[c].Read(ref reader, rows);
        }

        return new StoredDataView(headers, columns, rows);
    }
}
