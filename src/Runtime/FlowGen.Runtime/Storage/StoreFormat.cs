using System.Buffers;
using FlowGen.CompilerServices;
using FlowGen.Runs;
using MessagePack;

namespace FlowGen.Storage;

/// <summary>What the object <c>format</c> says of a store (H14): <c>{id, layout, chunk}</c>. It is put first and never changes.</summary>
/// <param name="Id">32 hexadecimal digits; a copy of a store has the same.</param>
/// <param name="Layout">Version of the names and meanings of objects.</param>
/// <param name="ChunkSize">Part of identities above 8 MiB.</param>
internal sealed record StoreFormat(string Id, int Layout, int ChunkSize)
{
    public const string Key = "format";
    public const int CurrentLayout = 1;

    public static StoreFormat New() => new(Guid.NewGuid().ToString("n"), CurrentLayout, Envelope.MaxContent);

    public ReadOnlySequence<byte> Wrap()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteMapHeader(3);
        writer.Write("id"); writer.Write(Id);
        writer.Write("layout"); writer.Write(Layout);
        writer.Write("chunk"); writer.Write(ChunkSize);
        writer.Flush();
        return Envelope.Wrap(ObjectKind.Format, content.WrittenMemory);
    }

    /// <exception cref="FlowException">The object is damaged, or the store is of a newer version.</exception>
    public static StoreFormat Read(string store, byte[] bytes)
    {
        var format = Wire.Read(store, Key, Envelope.Open(store, Key, ObjectKind.Format, bytes), Read);
        if (format.Layout > CurrentLayout) throw StoreErrors.NewerObject(store, Key, format.Layout);
        return format.ChunkSize == Envelope.MaxContent ? format : throw StoreErrors.DamagedObject(store, Key, $"its chunk size is {format.ChunkSize}");
    }

    private static StoreFormat Read(ref MessagePackReader reader)
    {
        string? id = null;
        int layout = 0, chunk = 0;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            switch (reader.ReadString())
            {
                case "id": id = Wire.ReadString(ref reader); break;
                case "layout": layout = Wire.ReadIndex(ref reader); break;
                case "chunk": chunk = Wire.ReadIndex(ref reader); break;
                default: ObjectCodec.Skip(ref reader); break;
            }
        }
        return new StoreFormat(id ?? throw new FormatException("'id' is missing"), layout, chunk);
    }
}
