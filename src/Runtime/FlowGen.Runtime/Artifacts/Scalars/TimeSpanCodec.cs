using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="TimeSpan"/> as text, <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
public readonly struct TimeSpanCodec : ICodec<TimeSpan>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeSpan value) => Text.Write(ref writer, value, "c");

    /// <inheritdoc/>
    public static TimeSpan Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var value) ? value : throw Text.Invalid("TimeSpan", text);
    }
}
