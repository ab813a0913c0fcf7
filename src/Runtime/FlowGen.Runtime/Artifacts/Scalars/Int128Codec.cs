using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Int128"/> as decimal text.</summary>
public readonly struct Int128Codec : ICodec<Int128>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Int128 value) => Text.Write(ref writer, value, default);

    /// <inheritdoc/>
    public static Int128 Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Text.Invalid("Int128", text);
    }
}
