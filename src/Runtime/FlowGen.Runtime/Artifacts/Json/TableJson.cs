using System.Text.Json;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen;

/// <summary>Shows a table (see <see cref="Table"/>) as what it is: a list of objects.</summary>
internal static class TableJson
{
    /// <summary>Whether an array that begins with an extension is a table.</summary>
    public static bool IsTable(MessagePackReader reader)
    {
        reader.ReadArrayHeader();
        return reader.ReadExtensionFormatHeader().TypeCode == Table.Code;
    }

    /// <summary>Writes at most so many rows, and how many are left out.</summary>
    public static void Write(Utf8JsonWriter json, ref MessagePackReader reader, int most, bool full)
    {
        var total = Table.ReadHeader(ref reader, out var groups);
        var shown = Math.Min(total, most);
        json.WriteStartArray();
        for (var group = 0; group < groups; group++)
        {
            var start = group * Table.GroupRows;
            if (start < shown) WriteGroup(json, ref reader, Math.Min(total - start, Table.GroupRows), 0, Math.Min(shown - start, Table.GroupRows), full);
            else ObjectCodec.Skip(ref reader);
        }

        if (shown < total) json.WriteStringValue(MessagePackJson.More(total - shown));
        json.WriteEndArray();
    }

    /// <summary>Writes one row of a table.</summary>
    public static void WriteRow(Utf8JsonWriter json, ref MessagePackReader reader, int row, bool full)
    {
        var total = Table.ReadHeader(ref reader, out _);
        for (; row >= Table.GroupRows; row -= Table.GroupRows, total -= Table.GroupRows) ObjectCodec.Skip(ref reader);
        WriteRow(json, ref reader, Math.Min(total, Table.GroupRows), row, full);
    }

    /// <summary>Writes one row of a group.</summary>
    public static void WriteRow(Utf8JsonWriter json, ref MessagePackReader reader, int rows, int row, bool full) => WriteGroup(json, ref reader, rows, row, row + 1, full);

    private static void WriteGroup(Utf8JsonWriter json, ref MessagePackReader reader, int rows, int from, int to, bool full)
    {
        var isObject = reader.NextMessagePackType == MessagePackType.Map;
        var members = new List<(string Name, ColumnJson Column)>();
        for (var left = isObject ? reader.ReadMapHeader() : reader.ReadArrayHeader(); left > 0; left--)
            members.Add((isObject ? MessagePackJson.Shorten(Text.Read(ref reader), full) : "", ColumnJson.Read(ref reader, rows)));
        if (members.Count == 0) throw new ArtifactFormatException("Rows have no columns.");

        for (var row = from; row < to; row++)
        {
            if (isObject) json.WriteStartObject();
            else json.WriteStartArray();
            foreach (var (name, column) in members)
            {
                if (isObject) json.WritePropertyName(name);
                column.Write(json, row, full);
            }

            if (isObject) json.WriteEndObject();
            else json.WriteEndArray();
        }
    }
}
