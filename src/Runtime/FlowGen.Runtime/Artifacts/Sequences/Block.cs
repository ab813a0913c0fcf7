using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Sequences of primitives as one block of memory: bytes as MessagePack <c>bin</c>, others as an extension whose type code names the primitive, little endian.</summary>
internal static class Block
{
    // Spans and sequences are addressed in pieces, since a span of bytes ends at 2 GiB.
    private const int PieceItems = 1 << 24;

    /// <summary>How many bytes are written between two marks.</summary>
    private const int MarkedBytes = 64 * 1024;

    /// <summary>Type code of the extension; 0 for bytes, -1 for what is not stored in blocks. Part of the format.</summary>
    public static sbyte CodeOf<T>()
    {
        if (typeof(T) == typeof(byte)) return 0;
        if (typeof(T) == typeof(sbyte)) return 1;
        if (typeof(T) == typeof(short)) return 2;
        if (typeof(T) == typeof(ushort)) return 3;
        if (typeof(T) == typeof(int)) return 4;
        if (typeof(T) == typeof(uint)) return 5;
        if (typeof(T) == typeof(long)) return 6;
        if (typeof(T) == typeof(ulong)) return 7;
        if (typeof(T) == typeof(Half)) return 8;
        if (typeof(T) == typeof(float)) return 9;
        if (typeof(T) == typeof(double)) return 10;
        if (typeof(T) == typeof(char)) return 11;
        if (typeof(T) == typeof(bool)) return 12;
        return -1;
    }

    /// <summary>Bytes of an item in a block with a type code; 0 of other codes.</summary>
    public static int SizeOf(sbyte code) => code switch
    {
        1 or 12 => 1,
        2 or 3 or 8 or 11 => 2,
        4 or 5 or 9 => 4,
        6 or 7 or 10 => 8,
        _ => 0,
    };

    public static bool IsBlock<T>() => CodeOf<T>() >= 0;

    public static void Write<T>(ref MessagePackWriter writer, ReadOnlySpan<T> items, ItemMarks? marks = null)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Blocks are little endian.");
        var length = (long)items.Length * Unsafe.SizeOf<T>();
        if (length > uint.MaxValue)
            throw new ArtifactException($"{items.Length} items of {TypeNames.Of(typeof(T))} need {length} bytes, and one array has at most 4 GiB; use several arrays.");
        if (typeof(T) == typeof(byte)) writer.WriteBinHeader(items.Length);
        else writer.WriteExtensionFormatHeader(new ExtensionHeader(CodeOf<T>(), (uint)length));
        marks?.Begin(ref writer, ItemForm.Block);
        var piece = marks is null ? PieceItems : MarkedBytes / Unsafe.SizeOf<T>();
        for (; items.Length > 0; items = items[Math.Min(piece, items.Length)..])
        {
            var next = items[..Math.Min(piece, items.Length)];
            writer.WriteRaw(AsBytes(next));
            marks?.Add(ref writer, next.Length);
        }
    }

    /// <summary>Reads the header and takes the bytes of a block, which are all there.</summary>
    public static ReadOnlySequence<byte> Read<T>(ref MessagePackReader reader, out int count)
    {
        var bytes = typeof(T) == typeof(byte) ? ReadBinary(ref reader) : ReadExtension<T>(ref reader);
        if (bytes.Length % Unsafe.SizeOf<T>() != 0) throw new ArtifactFormatException($"A block of {bytes.Length} bytes is no sequence of {TypeNames.Of(typeof(T))}.");
        count = checked((int)(bytes.Length / Unsafe.SizeOf<T>()));
        return bytes;
    }

    public static void Copy<T>(ReadOnlySequence<byte> bytes, Span<T> items)
    {
        for (; items.Length > 0; items = items[Math.Min(items.Length, PieceItems)..])
        {
            var piece = MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref items[0]), Math.Min(items.Length, PieceItems) * Unsafe.SizeOf<T>());
            bytes.Slice(0, piece.Length).CopyTo(piece);
            bytes = bytes.Slice(piece.Length);
            if (typeof(T) == typeof(bool) && piece.ContainsAnyExceptInRange((byte)0, (byte)1)) throw new ArtifactFormatException("A block of booleans has other bytes than 0 and 1.");
        }
    }

    private static ReadOnlySequence<byte> ReadBinary(ref MessagePackReader reader)
    {
        if (reader.Sequence.IsSingleSegment || reader.NextMessagePackType != MessagePackType.Binary) return reader.ReadBytes() ?? throw Expect.NotNil("block of bytes");
        var size = reader.NextCode switch { MessagePackCode.Bin8 => 1, MessagePackCode.Bin16 => 2, _ => 4 };
        Span<byte> length = stackalloc byte[sizeof(uint)];
        length.Clear();
        reader.ReadRaw(1);
        reader.ReadRaw(size).CopyTo(length[^size..]);
        return Take(ref reader, BinaryPrimitives.ReadUInt32BigEndian(length));
    }

    private static ReadOnlySequence<byte> ReadExtension<T>(ref MessagePackReader reader)
    {
        var header = reader.ReadExtensionFormatHeader();
        return header.TypeCode == CodeOf<T>()
            ? Take(ref reader, header.Length)
            : throw new ArtifactFormatException($"A block of {TypeNames.Of(typeof(T))} was expected and extension {header.TypeCode} found.");
    }

    /// <summary>Takes bytes without looking at them. The reader itself would look into every segment on its way, and big values load their segments when they are looked at.</summary>
    private static ReadOnlySequence<byte> Take(ref MessagePackReader reader, long length)
    {
        if (reader.Sequence.IsSingleSegment) return reader.ReadRaw(length);
        var rest = reader.Sequence.Slice(reader.Position);
        if (rest.Length < length) throw new EndOfStreamException();
        reader = reader.Clone(rest.Slice(length));
        return rest.Slice(0, length);
    }

    private static ReadOnlySpan<byte> AsBytes<T>(ReadOnlySpan<T> items) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(items)), items.Length * Unsafe.SizeOf<T>());
}
