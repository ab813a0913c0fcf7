using System.Buffers;
using System.Text.Json;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using MessagePack;

namespace FlowGen.CommandLine;

/// <summary>One item of a stored list, read without the program that made it.</summary>
internal sealed class ListItem
{
    private readonly ReadOnlySequence<byte> _content;
    private readonly int _position;
    private readonly (ItemForm Form, int Count, sbyte Code)? _part;

    private ListItem(ReadOnlySequence<byte> content, int position, (ItemForm Form, int Count, sbyte Code)? part) => (_content, _position, _part) = (content, position, part);

    /// <summary>Reads the segment that has the item or, where there is no index, all of the list.</summary>
    /// <param name="artifacts">The store.</param>
    /// <param name="value">The list.</param>
    /// <param name="item">The item, from 0.</param>
    /// <param name="name">What people call the list.</param>
    /// <exception cref="FlowException">It is no list, or has no such item.</exception>
    public static async ValueTask<ListItem> ReadAsync(ArtifactStore artifacts, StoredValue value, int item, string name)
    {
        if (value.Items is null)
        {
            var content = await artifacts.ReadAsync(value, CancellationToken.None).ConfigureAwait(false);
            Check(Count(content) ?? throw new UsageException("FG1003", $"Option --item: artifact {name} is not a list."), item, name);
            return new ListItem(content, item, null);
        }

        var index = await artifacts.ReadItemIndexAsync(value, CancellationToken.None).ConfigureAwait(false);
        Check(index.Count, item, name);
        var segments = artifacts.OpenSegments(value, index);
        var segment = index.SegmentOf(item);
        var bytes = await segments.ReadAsync(segment, 1, CancellationToken.None).ConfigureAwait(false);
        // What a block is made of stands at its beginning.
        var code = index.Form == ItemForm.Block ? CodeOf(index, segment == 0 ? bytes : await segments.ReadAsync(0, 1, CancellationToken.None).ConfigureAwait(false)) : (sbyte)0;
        return new ListItem(new(index.ItemsOf(segment, bytes)), item - index.FirstOf(segment), (index.Form, index.FirstOf(segment + 1) - index.FirstOf(segment), code));
    }

    /// <exception cref="ArtifactFormatException">The bytes are no list.</exception>
    public void Write(Utf8JsonWriter json)
    {
        var reader = new MessagePackReader(_content);
        try
        {
            if (_part is { } part) Write(json, ref reader, part.Form, part.Count, part.Code);
            else if (reader.NextMessagePackType != MessagePackType.Array) WriteNumber(json, BlockOf(ref reader, out var code), code, _position);
            else if (Table.IsNext(in reader) && TableJson.IsTable(reader)) TableJson.WriteRow(json, ref reader, _position, full: true);
            else Write(json, ref reader, ItemForm.Values, reader.ReadArrayHeader(), 0);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException)
        {
            throw new ArtifactFormatException("The bytes are not a list: " + e.Message, e);
        }
    }

    private void Write(Utf8JsonWriter json, ref MessagePackReader reader, ItemForm form, int count, sbyte code)
    {
        if (form == ItemForm.Table)
        {
            TableJson.WriteRow(json, ref reader, count, _position, full: true);
            return;
        }

        if (form == ItemForm.Block)
        {
            WriteNumber(json, _content, code, _position);
            return;
        }

        for (var before = 0; before < _position; before++) ObjectCodec.Skip(ref reader);
        MessagePackJson.WriteValue(json, ref reader, full: true);
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySequence<byte> block, sbyte code, int position)
    {
        if (code == 0)
        {
            json.WriteNumberValue(block.Slice(position, 1).FirstSpan[0]);
            return;
        }

        var size = Block.SizeOf(code);
        JsonNumbers.ForCode(code)!(json, block.Slice((long)position * size, size), 1);
    }

    private static void Check(long count, int item, string name)
    {
        if (item >= count) throw new FlowException("FG1008", $"Artifact {name} has {Numbers.Show(count)} items, counted from 0; there is no item {item}.", ExitCodes.NotFound);
    }

    private static long? Count(in ReadOnlySequence<byte> content)
    {
        var reader = new MessagePackReader(content);
        if (reader.NextMessagePackType == MessagePackType.Array) return Table.IsNext(in reader) && TableJson.IsTable(reader) ? Table.ReadHeader(ref reader, out _) : reader.ReadArrayHeader();
        if (reader.NextMessagePackType == MessagePackType.Binary) return reader.ReadBytes()!.Value.Length;
        if (reader.NextMessagePackType != MessagePackType.Extension) return null;
        var header = reader.ReadExtensionFormatHeader();
        return Block.SizeOf(header.TypeCode) is > 0 and var size ? header.Length / size : null;
    }

    private static ReadOnlySequence<byte> BlockOf(ref MessagePackReader reader, out sbyte code)
    {
        code = 0;
        if (reader.NextMessagePackType == MessagePackType.Binary) return reader.ReadBytes()!.Value;
        var header = reader.ReadExtensionFormatHeader();
        code = header.TypeCode;
        return reader.ReadRaw(header.Length);
    }

    /// <summary>The header of an extension ends with its code.</summary>
    private static sbyte CodeOf(ItemIndex index, ReadOnlyMemory<byte> bytes) =>
        new MessagePackReader(bytes).NextMessagePackType == MessagePackType.Binary ? (sbyte)0 : (sbyte)bytes.Span[index.Header - 1];
}
