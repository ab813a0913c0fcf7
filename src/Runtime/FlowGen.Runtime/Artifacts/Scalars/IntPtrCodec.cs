using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>nint</c> as the shortest MessagePack integer.</summary>
public readonly struct IntPtrCodec : ICodec<nint>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, nint value) => writer.Write((long)value);

    /// <inheritdoc/>
    public static nint Read(ref MessagePackReader reader) => checked((nint)reader.ReadInt64());
}
