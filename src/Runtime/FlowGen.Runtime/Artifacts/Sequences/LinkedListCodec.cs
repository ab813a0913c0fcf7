using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="LinkedList{T}"/>, stored as its items.</summary>
public readonly struct LinkedListCodec<T, TCodec> : ICodec<LinkedList<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, LinkedList<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.Of(value));

    /// <inheritdoc/>
    public static LinkedList<T> Read(ref MessagePackReader reader) => new(Sequence<T, TCodec>.Read(ref reader));
}
