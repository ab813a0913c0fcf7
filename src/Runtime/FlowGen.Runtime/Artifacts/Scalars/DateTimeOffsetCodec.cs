using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateTimeOffset"/> as text, <c>2024-12-31T23:59:59.1234567+01:00</c>, without trailing zeros.</summary>
public readonly struct DateTimeOffsetCodec : ICodec<DateTimeOffset>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateTimeOffset value) => Text.Write(ref writer, value, "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz");

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : throw Text.Invalid("DateTimeOffset", text);
    }
}
