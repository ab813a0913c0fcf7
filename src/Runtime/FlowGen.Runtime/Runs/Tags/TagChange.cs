using System.Buffers;
using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>One slot of the tag log of a run.</summary>
/// <param name="User">Who did it.</param>
/// <param name="At">When, by that computer's clock.</param>
/// <param name="Entries">What changed.</param>
internal sealed record TagChange(string User, DateTimeOffset At, ImmutableArray<TagEntry> Entries)
{
    public ReadOnlySequence<byte> Wrap()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(4);
        writer.Write(Guid.NewGuid().ToByteArray());
        writer.Write(User);
        Wire.Write(ref writer, At);
        writer.WriteArrayHeader(Entries.Length);
        foreach (var entry in Entries)
        {
            writer.WriteArrayHeader(3);
            writer.Write(entry.Tag);
            writer.Write(entry.IsAdded);
            writer.Write(entry.Moves);
        }

        writer.Flush();
        return Envelope.Wrap(ObjectKind.Tag, content.WrittenMemory);
    }

    public static TagChange Read(string store, string key, byte[] bytes) => Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.Tag, bytes), Read);

    private static TagChange Read(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 4);
        Span<byte> id = stackalloc byte[16];
        Wire.ReadFixed(ref reader, id);
        return new TagChange(Wire.ReadString(ref reader), Wire.ReadTime(ref reader), Wire.ReadArray(ref reader, ReadEntry));
    }

    private static TagEntry ReadEntry(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 3);
        return new TagEntry(Wire.ReadString(ref reader), reader.ReadBoolean(), Wire.ReadIndex(ref reader));
    }
}

/// <summary>A tag was given to a run or taken from it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="IsAdded">Whether it was given.</param>
/// <param name="Moves">How often the tag had been moved in the flow by then: a later move makes the entry void.</param>
internal readonly record struct TagEntry(string Tag, bool IsAdded, int Moves);
