using System.Buffers;
using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>string</c> as the lengths in bytes and all UTF-8 in one block, with a dictionary where values repeat.</summary>
public readonly struct StringColumn : IColumn<string>, IPlainColumn<string>, IIdentity<string>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
            if (cells[i] is null) throw At(Exact.Null(typeof(string)), i);
        DictionaryColumn<string, StringColumn, StringColumn>.Write(ref writer, cells);
    }

    /// <inheritdoc/>
    public static string[] Read(ref MessagePackReader reader, int count) => DictionaryColumn<string, StringColumn, StringColumn>.Read(ref reader, count);

    static string IPlainColumn<string>.Name => "string";

    static int IPlainColumn<string>.Parts => 2;

    static void IPlainColumn<string>.Write(ref MessagePackWriter writer, ReadOnlySpan<string> values)
    {
        var lengths = Column.Rent<int>(values.Length);
        var total = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            if (!Text.TryCount(values[i], out lengths[i])) throw At(Text.LoneSurrogate(), i);
            total += lengths[i];
        }

        if (total > int.MaxValue) throw new ArtifactException($"{values.Length} texts of {total} bytes in all, and those of {Table.GroupRows} rows have at most 2 GiB; use an artifact of its own for long texts.");
        Column.Write<int, NumberColumn<int>>(ref writer, lengths, values.Length);
        writer.WriteBinHeader((int)total);
        foreach (var value in values) Text.WriteRaw(ref writer, value);
    }

    static string[] IPlainColumn<string>.Read(ref MessagePackReader reader, ref int count)
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

    static ulong IIdentity<string>.Hash(string value) => (ulong)value.GetHashCode(StringComparison.Ordinal);

    static bool IIdentity<string>.Equal(string a, string b) => ReferenceEquals(a, b) || string.Equals(a, b);

    private static void CheckTotal(ReadOnlySpan<int> lengths, int size)
    {
        var total = 0L;
        foreach (var length in lengths) total += length >= 0 ? length : throw new ArtifactFormatException("A text has a negative length.");
        if (total != size) throw new ArtifactFormatException($"Texts of {total} bytes have {size}.");
    }

    private static string[] Split(ReadOnlySpan<byte> utf8, ReadOnlySpan<int> lengths)
    {
        if (!Utf8.IsValid(utf8)) throw Text.NotUtf8();
        var cells = Column.Rent<string>(lengths.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            // All of it is valid, so a part is if it begins with a character.
            if (lengths[i] > 0 && (utf8[0] & 0xC0) == 0x80) throw Text.NotUtf8();
            cells[i] = Encoding.UTF8.GetString(utf8[..lengths[i]]);
            utf8 = utf8[lengths[i]..];
        }

        return cells;
    }

    private static ArtifactException At(ArtifactException exception, int row)
    {
        exception.Row = row;
        return exception;
    }
}
