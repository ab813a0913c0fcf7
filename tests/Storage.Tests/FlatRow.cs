using FlowGen;
using FlowGen.CompilerServices;
using MessagePack;

namespace Storage.Tests;

/// <summary>A row of a table, with a codec as the compiler writes them.</summary>
internal sealed record FlatRow(int Id, string Text);

internal readonly struct FlatRowCodec : ICodec<FlatRow>
{
    public static Columns<FlatRow> Columns { get; } = new FlatRowColumns();

    public static void Write(ref MessagePackWriter writer, FlatRow value)
    {
        writer.WriteMapHeader(2);
        writer.Write("Id");
        writer.Write(value.Id);
        writer.Write("Text");
        writer.Write(value.Text);
    }

    public static FlatRow Read(ref MessagePackReader reader)
    {
        if (reader.ReadMapHeader() != 2 || reader.ReadString() != "Id") throw new ArtifactFormatException("no row");
        var id = reader.ReadInt32();
        return reader.ReadString() == "Text" ? new FlatRow(id, reader.ReadString()!) : throw new ArtifactFormatException("no row");
    }
}

internal sealed class FlatRowColumns : Columns<FlatRow>
{
    public override void Write(ref MessagePackWriter writer, ReadOnlySpan<FlatRow> rows)
    {
        var (ids, texts) = (new int[rows.Length], new string[rows.Length]);
        for (var i = 0; i < rows.Length; i++) (ids[i], texts[i]) = (rows[i].Id, rows[i].Text);
        writer.WriteMapHeader(2);
        writer.Write("Id");
        NumberColumn<int>.Write(ref writer, ids);
        writer.Write("Text");
        StringColumn.Write(ref writer, texts);
    }

    public override void Read(ref MessagePackReader reader, TableRows<FlatRow> rows)
    {
        if (reader.ReadMapHeader() != 2 || reader.ReadString() != "Id") throw new ArtifactFormatException("no rows");
        var ids = NumberColumn<int>.Read(ref reader, rows.Count);
        if (reader.ReadString() != "Text") throw new ArtifactFormatException("no rows");
        var texts = StringColumn.Read(ref reader, rows.Count);
        var next = rows.Next();
        for (var i = 0; i < next.Length; i++) next[i] = new FlatRow(ids[i], texts[i]);
    }
}
