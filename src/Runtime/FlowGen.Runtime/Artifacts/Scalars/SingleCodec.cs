using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>float</c> as a 32-bit float, bit for bit.</summary>
public readonly struct SingleCodec : ICodec<float>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, float value) => writer.Write(value);

    /// <inheritdoc/>
    public static float Read(ref MessagePackReader reader) => reader.ReadSingle();
}
