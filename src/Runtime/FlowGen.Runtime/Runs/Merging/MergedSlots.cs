using System.Buffers;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The object that holds merged slots: <c>[[first, last], [content of a slot, ...]]</c>, each content as a binary. It adds nothing to the slots: who cannot read it reads them.</summary>
internal static class MergedSlots
{
    public static ReadOnlySequence<byte> Wrap(MergedRange range, IReadOnlyList<ReadOnlyMemory<byte>> slots)
    {
        var content = new ArrayBufferWriter<byte>(slots.Sum(static slot => slot.Length + 5) + 32);
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(2);
        writer.WriteArrayHeader(2);
        writer.Write(range.First);
        writer.Write(range.Last);
        writer.WriteArrayHeader(slots.Count);
        foreach (var slot in slots) writer.Write(slot.Span);
        writer.Flush();
        return Compression.Wrap(ObjectKind.Merged, content.WrittenSpan.ToArray());
    }

    /// <summary>The contents of the slots, in order.</summary>
    /// <exception cref="FlowException">The object is damaged or of a newer version; the message names it.</exception>
    public static ReadOnlyMemory<byte>[] Read(string store, string key, MergedRange range, byte[] bytes)
    {
        var content = Compression.Open(store, key, ObjectKind.Merged, bytes);
        return Wire.Read(store, key, content, (ref reader) =>
        {
            Wire.Array(ref reader, 2);
            Wire.Array(ref reader, 2);
            if (reader.ReadInt32() != range.First || reader.ReadInt32() != range.Last) throw new FormatException("it is of other slots");
            Wire.Array(ref reader, range.Last - range.First + 1);
            var slots = new List<ReadOnlyMemory<byte>>();
            for (var left = range.Last - range.First + 1; left > 0; left--)
            {
                // A slice of the content: who reads a slot counts from its first byte, wherever it is.
                var length = (int)(reader.ReadBytes() ?? throw new FormatException("a slot is nil")).Length;
                slots.Add(content.Slice((int)reader.Consumed - length, length));
            }

            return slots.ToArray();
        });
    }
}
