using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>nuint</c> as the shortest MessagePack integer.</summary>
public readonly struct UIntPtrCodec : ICodec<nuint>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, nuint value) => writer.Write((ulong)value);

    /// <inheritdoc/>
    public static nuint Read(ref MessagePackReader reader) => checked((nuint)reader.ReadUInt64());
}
