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
            if (start < shown) WriteGroup(json, ref reader, Math.Min(total - start, Table.GroupRows), Math.Min(shown - start, Table.GroupRows), full);
            else ObjectCodec.Skip(ref reader);
        }

        if (shown < total) json.WriteStringValue(MessagePackJson.More(total - shown));
        json.WriteEndArray();
    }

    private static void WriteGroup(Utf8JsonWriter json, ref MessagePackReader reader, int rows, int shown, bool full)
    {
        var isObject = reader.NextMessagePackType == MessagePackType.Map;
        var members = new List<(string Name, ColumnJson Column)>();
        for (var left = isObject ? reader.ReadMapHeader() : reader.ReadArrayHeader(); left > 0; left--)
            members.Add((isObject ? MessagePackJson.Shorten(Text.Read(ref reader), full) : "", ColumnJson.Read(ref reader, rows)));
        if (members.Count == 0) throw new ArtifactFormatException("Rows have no columns.");

        for (var row = 0; row < shown; row++)
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
