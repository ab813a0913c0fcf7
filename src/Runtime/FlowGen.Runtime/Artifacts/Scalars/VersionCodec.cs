using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Version"/> as text.</summary>
public readonly struct VersionCodec : ICodec<Version>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Version value) => Text.Write(ref writer, Exact.Of(value), default);

    /// <inheritdoc/>
    public static Version Read(ref MessagePackReader reader)
    {
        Span<char> buffer = stackalloc char[Text.MaxLength];
        ReadOnlySpan<char> text = buffer[..Text.Read(ref reader, buffer)];
        return Version.TryParse(text, out var value) ? value : throw Text.Invalid("Version", text);
    }
}
