using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ICollection{T}"/>, stored as its items and read as a list.</summary>
public readonly struct CollectionInterfaceCodec<T, TCodec> : ICodec<ICollection<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ICollection<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.NotNull(value));

    /// <inheritdoc/>
    public static ICollection<T> Read(ref MessagePackReader reader) => Sequence<T, TCodec>.ReadList(ref reader);
}
