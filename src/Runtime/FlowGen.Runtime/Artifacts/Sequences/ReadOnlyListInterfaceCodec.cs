using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="IReadOnlyList{T}"/>, stored as its items and read as an array.</summary>
public readonly struct ReadOnlyListInterfaceCodec<T, TCodec> : ICodec<IReadOnlyList<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyList<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.NotNull(value));

    /// <inheritdoc/>
    public static IReadOnlyList<T> Read(ref MessagePackReader reader) => Sequence<T, TCodec>.Read(ref reader);
}
