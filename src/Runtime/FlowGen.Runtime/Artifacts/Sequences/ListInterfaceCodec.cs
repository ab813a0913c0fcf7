using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="IList{T}"/>, stored as its items and read as a list.</summary>
public readonly struct ListInterfaceCodec<T, TCodec> : ICodec<IList<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IList<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.NotNull(value));

    /// <inheritdoc/>
    public static IList<T> Read(ref MessagePackReader reader) => Sequence<T, TCodec>.ReadList(ref reader);
}
