using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="TimeOnly"/> as text, <c>23:59:59.1234567</c>, without trailing zeros.</summary>
public readonly struct TimeOnlyCodec : ICodec<TimeOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeOnly value) => Text.Write(ref writer, value, "HH:mm:ss.FFFFFFF");

    /// <inheritdoc/>
    public static TimeOnly Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : throw Text.Invalid("TimeOnly", text);
    }
}
