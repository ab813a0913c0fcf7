using System.Globalization;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="UInt128"/> as decimal text.</summary>
public readonly struct UInt128Codec : ICodec<UInt128>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, UInt128 value) => Text.Write(ref writer, value, default);

    /// <inheritdoc/>
    public static UInt128 Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Text.Invalid("UInt128", text);
    }
}
