using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateOnly"/> as text, <c>2024-12-31</c>.</summary>
public readonly struct DateOnlyCodec : ICodec<DateOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateOnly value) => Text.Write(ref writer, value, "yyyy-MM-dd");

    /// <inheritdoc/>
    public static DateOnly Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : throw Text.Invalid("DateOnly", text);
    }
}
