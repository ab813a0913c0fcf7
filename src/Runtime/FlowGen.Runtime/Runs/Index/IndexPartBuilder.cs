using System.Buffers;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>A part of an index while it grows.</summary>
internal sealed class IndexPartBuilder
{
    /// <summary>A part ends with the record or task that reaches this: no part is larger than a slot. Belongs to the format, so that everybody cuts alike.</summary>
    public const int FullAt = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _facts = new();
    private readonly IndexColumns _columns = new();

    public IndexPartEntry Entry { get; private set; }

    public bool IsEmpty => Entry == default;

    public bool IsFull => _facts.WrittenCount + _columns.Bytes >= FullAt;

    public void Add(RunRecord fact)
    {
        var writer = new MessagePackWriter(_facts);
        RecordCodec.Write(ref writer, fact, new GroupPacks());
        writer.Flush();
        Entry = Entry with { Facts = Entry.Facts + 1 };
    }

    public void Add(in IndexRow row)
    {
        _columns.Add(row);
        Entry = Entry with { Rows = Entry.Rows + 1, First = Entry.First ?? row.Address };
    }

    public byte[] Encode(RunKey run, int number)
    {
        var content = new ArrayBufferWriter<byte>(_facts.WrittenCount + _columns.Bytes + 256);
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(5);
        writer.Write(run.ToString());
        writer.Write(number);
        writer.WriteArrayHeader(Entry.Facts);
        writer.WriteRaw(_facts.WrittenSpan);
        writer.Write(Entry.Rows);
        _columns.Write(ref writer);
        writer.Flush();
        return content.WrittenSpan.ToArray();
    }
}
