using System.Collections.ObjectModel;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ReadOnlyCollection{T}"/>, stored as its items.</summary>
public readonly struct ReadOnlyCollectionCodec<T, TCodec> : ICodec<ReadOnlyCollection<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyCollection<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.Of(value));

    /// <inheritdoc/>
    public static ReadOnlyCollection<T> Read(ref MessagePackReader reader) => new(Sequence<T, TCodec>.Read(ref reader));
}
