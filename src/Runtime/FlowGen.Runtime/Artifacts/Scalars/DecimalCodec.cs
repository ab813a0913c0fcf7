using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>decimal</c> as text with all its digits, so that the scale and the sign of zero are kept.</summary>
public readonly struct DecimalCodec : ICodec<decimal>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, decimal value)
    {
        // The framework reads the sign of a negative zero, but does not write it.
        if (value == 0 && decimal.IsNegative(value)) Text.Write(ref writer, string.Create(CultureInfo.InvariantCulture, $"-{value}"));
        else Text.Write(ref writer, value, default);
    }

    /// <inheritdoc/>
    public static decimal Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : throw Text.Invalid("Decimal", text);
    }
}
