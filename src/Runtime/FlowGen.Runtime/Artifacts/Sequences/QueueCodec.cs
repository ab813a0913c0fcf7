using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Queue{T}"/>, stored as its items, the next first.</summary>
public readonly struct QueueCodec<T, TCodec> : ICodec<Queue<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Queue<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.Of(value));

    /// <inheritdoc/>
    public static Queue<T> Read(ref MessagePackReader reader) => new(Sequence<T, TCodec>.Read(ref reader));
}
