using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ReadOnlyMemory{T}"/>, stored as its items.</summary>
public readonly struct ReadOnlyMemoryCodec<T, TCodec> : ICodec<ReadOnlyMemory<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<T> value) => Sequence<T, TCodec>.Write(ref writer, value.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<T> Read(ref MessagePackReader reader) => Sequence<T, TCodec>.Read(ref reader);
}
