using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace FlowGen.Storage;

/// <summary>What an object holds.</summary>
internal enum ObjectKind : byte
{
    Format = 1,
    Slot = 2,
    Blob = 3,
    Chunks = 4,
    Beat = 5,
    Claim = 6,
    Probe = 7,
    Index = 8,
    IndexPart = 9,
    Tag = 10,
    CacheEntry = 11,
    Merged = 12,
    Generation = 13,
    Slice = 14,
    Proposal = 15,
    Request = 16,
}

/// <summary>How the content of an object is stored.</summary>
internal enum ObjectEncoding : byte
{
    Plain = 0,
    Zstd = 1,
}

/// <summary>
/// The frame of every object (H14): 8 bytes <c>F G E N</c>, version, kind, encoding, 0; the content; 12 bytes: length of the content before compression (8) and CRC-32
/// of everything before it (4, the polynomial of zlib). Numbers are big-endian, as in MessagePack. A damaged object is noticed whatever happened to it, before its
/// content is looked at; content that is named by its hash is checked against that as well.
/// </summary>
internal static class Envelope
{
    /// <summary>What is written. Version 1 had no keys of tasks and no description of their code, version 2 no engines, version 3 no indexes of items.</summary>
    public const byte Version = 4;
    public const int HeaderSize = 8;
    public const int TrailerSize = 12;
    public const int Overhead = HeaderSize + TrailerSize;

    /// <summary>Largest content of one object (C3: conditional puts are single puts). Declared lengths beyond it are lies.</summary>
    public const int MaxContent = 8 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "FGEN"u8;

    public static ReadOnlySequence<byte> Wrap(ObjectKind kind, ReadOnlyMemory<byte> content) => Wrap(kind, ObjectEncoding.Plain, content, content.Length);

    /// <summary>Frames content without copying it.</summary>
    public static ReadOnlySequence<byte> Wrap(ObjectKind kind, ObjectEncoding encoding, ReadOnlyMemory<byte> stored, long length)
    {
        var frame = new byte[Overhead];
        Magic.CopyTo(frame);
        (frame[4], frame[5], frame[6]) = (Version, (byte)kind, (byte)encoding);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(HeaderSize), length);
        var crc = new Crc32();
        crc.Append(frame.AsSpan(0, HeaderSize));
        crc.Append(stored.Span);
        crc.Append(frame.AsSpan(HeaderSize, 8));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(HeaderSize + 8), crc.GetCurrentHashAsUInt32());

        var first = new Segment(frame.AsMemory(0, HeaderSize), null);
        var last = new Segment(frame.AsMemory(HeaderSize), new Segment(stored, first));
        return new ReadOnlySequence<byte>(first, 0, last, TrailerSize);
    }

    /// <summary>Checks a whole object and gives its stored content, the encoding and the length before compression.</summary>
    /// <exception cref="FlowException">The object is damaged, of another kind, or of a newer version; the message names it.</exception>
    public static ReadOnlyMemory<byte> Open(string store, string key, ObjectKind kind, ReadOnlyMemory<byte> content, out ObjectEncoding encoding, out int length)
    {
        var bytes = content.Span;
        if (bytes.Length < Overhead || !bytes[..4].SequenceEqual(Magic))
            throw StoreErrors.DamagedObject(store, key, bytes.Length < Overhead ? $"it has only {bytes.Length} bytes" : "it does not begin as an object of FlowGen");
        var crc = BinaryPrimitives.ReadUInt32BigEndian(bytes[^4..]);
        if (Crc32.HashToUInt32(bytes[..^4]) != crc) throw StoreErrors.DamagedObject(store, key, "its checksum is wrong");
        if (bytes[4] > Version) throw StoreErrors.NewerObject(store, key, bytes[4]);
        if (bytes[4] == 0 || bytes[5] != (byte)kind || bytes[6] > (byte)ObjectEncoding.Zstd || bytes[7] != 0)
            throw StoreErrors.DamagedObject(store, key, $"it is not a {kind.ToString().ToLowerInvariant()} of this format");
        encoding = (ObjectEncoding)bytes[6];
        var declared = BinaryPrimitives.ReadInt64BigEndian(bytes[^TrailerSize..]);
        var stored = content[HeaderSize..^TrailerSize];
        if (declared is < 0 or > MaxContent || encoding == ObjectEncoding.Plain && declared != stored.Length)
            throw StoreErrors.DamagedObject(store, key, "its length is wrong");
        length = (int)declared;
        return stored;
    }

    /// <summary>Checks an object of a kind that is never compressed and gives its content.</summary>
    public static ReadOnlyMemory<byte> Open(string store, string key, ObjectKind kind, ReadOnlyMemory<byte> content)
    {
        var stored = Open(store, key, kind, content, out var encoding, out _);
        return encoding == ObjectEncoding.Plain ? stored : throw StoreErrors.DamagedObject(store, key, "it is compressed, which its kind never is");
    }

    /// <summary>Whether an object of this size with this last part can hold content of that length: a cheap look before an upload is skipped.</summary>
    public static bool CouldHold(long objectSize, ReadOnlySpan<byte> trailer, long contentLength) =>
        trailer.Length == TrailerSize && objectSize <= contentLength + Overhead && BinaryPrimitives.ReadInt64BigEndian(trailer) == contentLength;

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
