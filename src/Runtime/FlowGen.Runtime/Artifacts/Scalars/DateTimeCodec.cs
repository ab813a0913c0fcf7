using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateTime"/> as text, <c>2024-12-31T23:59:59.1234567</c>, without trailing zeros, and its kind: <c>Z</c> for UTC, <c>L</c> for local, nothing for unspecified.</summary>
/// <remarks>A local time keeps its clock reading: it is not moved to the time zone of the machine that reads it.</remarks>
public readonly struct DateTimeCodec : ICodec<DateTime>
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.FFFFFFF";
    private const string Utc = Format + "'Z'";
    private const string Local = Format + "'L'";

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateTime value) => Text.Write(ref writer, value, value.Kind switch { DateTimeKind.Utc => Utc, DateTimeKind.Local => Local, _ => Format });

    /// <inheritdoc/>
    public static DateTime Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        var kind = text is [.., 'Z'] ? DateTimeKind.Utc : text is [.., 'L'] ? DateTimeKind.Local : DateTimeKind.Unspecified;
        return DateTime.TryParseExact(kind == DateTimeKind.Unspecified ? text : text[..^1], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? DateTime.SpecifyKind(value, kind)
            : throw Text.Invalid("DateTime", text);
    }
}
