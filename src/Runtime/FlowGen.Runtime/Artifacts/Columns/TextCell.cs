using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A string as a value: code that is generic over values is compiled for each type, that over references only once for all, with calls in the innermost loop.</summary>
/// <remarks>Nothing but the reference, so that a span of strings can be seen as one of these.</remarks>
internal readonly struct TextCell(string value) : IPlainColumn<TextCell>, IIdentity<TextCell>
{
    public string Value { get; } = value;

    static string IPlainColumn<TextCell>.Name => "string";

    static int IPlainColumn<TextCell>.Parts => 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void IPlainColumn<TextCell>.Write(ref MessagePackWriter writer, ReadOnlySpan<TextCell> values)
    {
        var lengths = Column.Rent<int>(values.Length);
        var total = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            if (!Text.TryCount(values[i].Value, out lengths[i])) throw LoneSurrogate(i);
            total += lengths[i];
        }

        if (total > int.MaxValue) throw new ArtifactException($"{values.Length} texts of {total} bytes in all, and those of {Table.GroupRows} rows have at most 2 GiB; use an artifact of its own for long texts.");
        Column.Write<int, NumberColumn<int>>(ref writer, lengths, values.Length);
        writer.WriteBinHeader((int)total);
        foreach (var value in values) Text.WriteRaw(ref writer, value.Value);
    }

    static TextCell[] IPlainColumn<TextCell>.Read(ref MessagePackReader reader, ref int count)
    {
        var lengths = NumberColumn<int>.Read(ref reader, ref count);
        var bytes = Block.Read<byte>(ref reader, out var size);
        CheckTotal(lengths.AsSpan(0, count), size);
        var copy = bytes.IsSingleSegment ? null : Column.Rent<byte>(size);
        if (copy is not null) bytes.CopyTo(copy);
        var cells = Split(copy is null ? bytes.FirstSpan : copy.AsSpan(0, size), lengths.AsSpan(0, count));
        Column.Return(copy);
        Column.Return(lengths);
        return cells;
    }

    static ulong IIdentity<TextCell>.Hash(TextCell value) => value.Value.Length is >= 4 and <= 16 ? HashShort(value.Value) : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(value.Value.AsSpan()));

    static bool IIdentity<TextCell>.Equal(TextCell a, TextCell b) => ReferenceEquals(a.Value, b.Value) || string.Equals(a.Value, b.Value);

    /// <summary>Words of a few letters, which are what repeats. Four reads of four characters, which may overlap, see all of them without a branch on the length.</summary>
    private static ulong HashShort(string text)
    {
        var length = text.Length;
        ref readonly var first = ref text.GetPinnableReference();
        // Two products that do not wait for each other, each folded (as in wyhash by Wang Yi).
        var head = Fold(Four(in first, 0) ^ 0x9FB2_1C65_1E98_DF25 ^ (ulong)length, Four(in first, Math.Min(4, length - 4)) ^ 0xA076_1D64_78BD_642F);
        return head ^ Fold(Four(in first, Math.Max(0, length - 8)) ^ 0xE703_7ED1_A0B4_28DB, Four(in first, length - 4) ^ 0x8EBC_6AF0_9C88_C6E3);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static ulong Four(ref readonly char first, int start) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref Unsafe.AsRef(in first), start)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CheckTotal(ReadOnlySpan<int> lengths, int size)
    {
        var total = 0L;
        foreach (var length in lengths) total += length >= 0 ? length : throw new ArtifactFormatException("A text has a negative length.");
        if (total != size) throw new ArtifactFormatException($"Texts of {total} bytes have {size}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TextCell[] Split(ReadOnlySpan<byte> utf8, ReadOnlySpan<int> lengths)
    {
        if (!Utf8.IsValid(utf8)) throw Text.NotUtf8();
        var cells = Column.Rent<TextCell>(lengths.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            // All of it is valid, so a part is if it begins with a character.
            if (lengths[i] > 0 && (utf8[0] & 0xC0) == 0x80) throw Text.NotUtf8();
            cells[i] = new TextCell(Encoding.UTF8.GetString(utf8[..lengths[i]]));
            utf8 = utf8[lengths[i]..];
        }

        return cells;
    }

    private static ArtifactException LoneSurrogate(int row)
    {
        var exception = Text.LoneSurrogate();
        exception.Row = row;
        return exception;
    }
}
