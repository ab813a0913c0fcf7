using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Memory{T}"/>, stored as its items.</summary>
public readonly struct MemoryCodec<T, TCodec> : ICodec<Memory<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Memory<T> value) => Sequence<T, TCodec>.Write(ref writer, value.Span);

    /// <inheritdoc/>
    public static Memory<T> Read(ref MessagePackReader reader) => Sequence<T, TCodec>.Read(ref reader);
}
