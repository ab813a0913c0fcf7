using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>decimal</c> as text with all its digits, so that the scale is kept.</summary>
public readonly struct DecimalCodec : ICodec<decimal>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, decimal value) => Text.Write(ref writer, value, default);

    /// <inheritdoc/>
    public static decimal Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : throw Text.Invalid("Decimal", text);
    }
}
