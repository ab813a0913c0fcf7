using System.Buffers;
using FlowGen.CompilerServices;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// Where the items of a long collection are in its encoding: it is cut into segments of whole items, each with its hash, so that some can be read, and checked, without the others. A function of the
/// encoding alone. Written as <c>[form, length of the header, [items, bytes, hash, items, bytes, hash, ...]]</c>; the header is part of the first segment.
/// </summary>
internal sealed class ItemIndex
{
    /// <summary>A segment ends with the item that makes it so long.</summary>
    public const int SegmentBytes = 64 * 1024;

    /// <summary>Shorter encodings are read whole.</summary>
    public const int LeastBytes = 256 * 1024;

    /// <summary>Longer segments could not be held in memory; collections with such items have no index.</summary>
    public const int MostSegmentBytes = 1 << 30;

    private readonly int[] _firsts;
    private readonly long[] _offsets;
    private readonly Hash256[] _hashes;

    private ItemIndex(ItemForm form, int header, int[] firsts, long[] offsets, Hash256[] hashes) => (Form, Header, _firsts, _offsets, _hashes) = (form, header, firsts, offsets, hashes);

    public ItemForm Form { get; }

    /// <summary>Bytes before the first item.</summary>
    public int Header { get; }

    /// <summary>Number of items.</summary>
    public int Count => _firsts[^1];

    /// <summary>Number of segments.</summary>
    public int Segments => _hashes.Length;

    /// <summary>Length of the collection's encoding.</summary>
    public long Length => _offsets[^1];

    public static ItemIndex Of(ItemForm form, int header, IReadOnlyCollection<(int Items, long Bytes, Hash256 Hash)> segments)
    {
        var (firsts, offsets, hashes, at) = (new int[segments.Count + 1], new long[segments.Count + 1], new Hash256[segments.Count], 0);
        foreach (var (items, bytes, hash) in segments)
        {
            (hashes[at], firsts[at + 1], offsets[at + 1]) = (hash, checked(firsts[at] + items), checked(offsets[at] + bytes));
            at++;
        }

        return new ItemIndex(form, header, firsts, offsets, hashes);
    }

    /// <summary>The segment that has an item.</summary>
    public int SegmentOf(int item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, Count);
        var found = Array.BinarySearch(_firsts, item);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The first item of a segment; of the one after the last, how many there are.</summary>
    public int FirstOf(int segment) => _firsts[segment];

    /// <summary>Where a segment begins in the encoding; of the one after the last, where that ends.</summary>
    public long OffsetOf(int segment) => _offsets[segment];

    public Hash256 HashOf(int segment) => _hashes[segment];

    /// <summary>The encodings of a segment's items, out of its bytes.</summary>
    public ReadOnlyMemory<byte> ItemsOf(int segment, ReadOnlyMemory<byte> bytes) => segment == 0 ? bytes[Header..] : bytes;

    public byte[] Encode()
    {
        var content = new ArrayBufferWriter<byte>(Segments * (Hash256.Size + 10) + 16);
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(3);
        writer.Write((byte)Form);
        writer.Write(Header);
        writer.WriteArrayHeader(Segments * 3);
        for (var s = 0; s < Segments; s++)
        {
            writer.Write(_firsts[s + 1] - _firsts[s]);
            writer.Write(_offsets[s + 1] - _offsets[s]);
            Wire.Write(ref writer, _hashes[s]);
        }

        writer.Flush();
        return content.WrittenSpan.ToArray();
    }

    public static ItemIndex Decode(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 3);
        var form = (ItemForm)reader.ReadByte();
        if (form > ItemForm.Table) throw new FormatException("the form of items is unknown");
        var header = reader.ReadInt32();
        var numbers = reader.ReadArrayHeader();
        if (header < 0 || numbers == 0 || numbers % 3 != 0) throw new FormatException("it has no whole segments");
        var segments = new List<(int, long, Hash256)>();
        var (items, bytes) = (0L, 0L);
        for (var left = numbers / 3; left > 0; left--)
        {
            var (count, length) = (reader.ReadInt32(), reader.ReadInt64());
            if (count <= 0 || length is <= 0 or > MostSegmentBytes || (items += count) > int.MaxValue || (bytes += length) < 0) throw new FormatException("a segment is of an impossible length");
            segments.Add((count, length, Wire.ReadHash(ref reader)));
        }

        return header < segments[0].Item2 ? Of(form, header, segments) : throw new FormatException("its first segment has no items");
    }
}
