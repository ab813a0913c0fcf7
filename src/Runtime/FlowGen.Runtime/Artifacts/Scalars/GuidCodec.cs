using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Guid"/> as text: 32 lower-case digits in groups.</summary>
public readonly struct GuidCodec : ICodec<Guid>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Guid value) => Text.Write(ref writer, value, "D");

    /// <inheritdoc/>
    public static Guid Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return Guid.TryParseExact(text, "D", out var value) ? value : throw Text.Invalid("Guid", text);
    }
}
