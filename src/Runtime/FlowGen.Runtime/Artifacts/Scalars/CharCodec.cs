using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>char</c> as a text of one character; a surrogate as its code.</summary>
public readonly struct CharCodec : ICodec<char>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, char value)
    {
        if (char.IsSurrogate(value)) writer.Write((ushort)value);
        else Text.Write(ref writer, new ReadOnlySpan<char>(in value));
    }

    /// <inheritdoc/>
    public static char Read(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType == MessagePackType.Integer) return (char)reader.ReadUInt16();
        Span<char> buffer = stackalloc char[Text.MaxLength];
        return buffer[..Text.Read(ref reader, buffer)] is [var value] ? value : throw new ArtifactFormatException("A single character was expected.");
    }
}
