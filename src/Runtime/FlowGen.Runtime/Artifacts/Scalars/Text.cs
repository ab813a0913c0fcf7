using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Text as strict UTF-8, both ways: what cannot be kept exactly is an error.</summary>
internal static class Text
{
    /// <summary>Longest text form of a scalar, in characters.</summary>
    public const int MaxLength = 64;

    private const int MaxFixString = 31, MaxString8 = 255, Piece = 16 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write<T>(ref MessagePackWriter writer, T value, ReadOnlySpan<char> format) where T : IUtf8SpanFormattable
    {
        var span = writer.GetSpan(2 + MaxLength);
        if (!value.TryFormat(span[2..], out var length, format, CultureInfo.InvariantCulture)) throw new ArtifactException($"{value} has no text of {MaxLength} characters.");
        FinishShort(ref writer, span, 2, length);
    }

    public static void Write(ref MessagePackWriter writer, scoped ReadOnlySpan<char> text)
    {
        if (3 * text.Length > MaxString8)
        {
            WriteLong(ref writer, text);
            return;
        }

        // The header is as long as it will be if the text is ASCII.
        var start = text.Length <= MaxFixString ? 1 : 2;
        var span = writer.GetSpan(2 + 3 * text.Length);
        if (Utf8.FromUtf16(text, span[start..], out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done) throw LoneSurrogate();
        FinishShort(ref writer, span, start, length);
    }

    /// <summary>Counts the bytes of a text's UTF-8; half a surrogate pair has none.</summary>
    public static bool TryCount(ReadOnlySpan<char> text, out int length)
    {
        try
        {
            length = Strict.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            length = 0;
            return false;
        }
    }

    public static string Read(ref MessagePackReader reader) => reader.TryReadStringSpan(out var utf8)
        ? Decode(utf8)
        : Decode((reader.ReadStringSequence() ?? throw Expect.NotNil("string")).ToArray());

    /// <summary>Reads a short text into a buffer of <see cref="MaxLength"/>.</summary>
    public static int Read(ref MessagePackReader reader, scoped Span<char> buffer)
    {
        if (reader.TryReadStringSpan(out var utf8)) return Decode(utf8, buffer);
        var sequence = reader.ReadStringSequence() ?? throw Expect.NotNil("string");
        if (sequence.Length > MaxLength) throw TooLong();
        Span<byte> bytes = stackalloc byte[MaxLength];
        sequence.CopyTo(bytes);
        return Decode(bytes[..(int)sequence.Length], buffer);
    }

    public static ArtifactFormatException Invalid(string type, ReadOnlySpan<char> text) =>
        new(text.Length <= MaxLength ? $"'{text}' is not a {type}." : $"A text of {text.Length} characters is not a {type}.");

    private static void FinishShort(ref MessagePackWriter writer, Span<byte> span, int start, int length)
    {
        var header = length <= MaxFixString ? 1 : 2;
        if (header != start) span.Slice(start, length).CopyTo(span[header..]);
        if (header == 1) span[0] = (byte)(MessagePackCode.MinFixStr | length);
        else (span[0], span[1]) = (MessagePackCode.Str8, (byte)length);
        writer.Advance(header + length);
    }

    private static void WriteLong(ref MessagePackWriter writer, scoped ReadOnlySpan<char> text)
    {
        if (!TryCount(text, out var length)) throw LoneSurrogate();
        writer.WriteStringHeader(length);
        WriteRaw(ref writer, text);
    }

    /// <summary>Writes the UTF-8 of a text that has one.</summary>
    public static void WriteRaw(ref MessagePackWriter writer, scoped ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var piece = text[..Math.Min(text.Length, Piece)];
            if (piece.Length < text.Length && char.IsHighSurrogate(piece[^1])) piece = piece[..^1];
            writer.Advance(Encoding.UTF8.GetBytes(piece, writer.GetSpan(3 * piece.Length)));
            text = text[piece.Length..];
        }
    }

    private static string Decode(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw NotUtf8();

    private static int Decode(ReadOnlySpan<byte> utf8, scoped Span<char> buffer) => Utf8.ToUtf16(utf8, buffer, out _, out var length, replaceInvalidSequences: false) switch
    {
        OperationStatus.Done => length,
        OperationStatus.DestinationTooSmall => throw TooLong(),
        _ => throw NotUtf8(),
    };

    public static ArtifactException LoneSurrogate() => new("a string with half a surrogate pair, which is not a character and has no UTF-8; repair the text.");

    public static ArtifactFormatException NotUtf8() => new("A string is not UTF-8.");

    private static ArtifactFormatException TooLong() => new($"A text of at most {MaxLength} characters was expected.");
}
