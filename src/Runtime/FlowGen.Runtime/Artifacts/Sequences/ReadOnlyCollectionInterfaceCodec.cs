using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="IReadOnlyCollection{T}"/>, stored as its items and read as an array.</summary>
public readonly struct ReadOnlyCollectionInterfaceCodec<T, TCodec> : ICodec<IReadOnlyCollection<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyCollection<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.NotNull(value));

    /// <inheritdoc/>
    public static IReadOnlyCollection<T> Read(ref MessagePackReader reader) => Sequence<T, TCodec>.Read(ref reader);
}
