using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="HashSet{T}"/>, stored as its items in the order of their encodings.</summary>
public readonly struct HashSetCodec<T, TCodec> : ICodec<HashSet<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, HashSet<T> value) => Set<T, TCodec>.Write(ref writer, Exact.Of(value), KeyComparison.Of(value.Comparer));

    /// <inheritdoc/>
    public static HashSet<T> Read(ref MessagePackReader reader) => Set<T, TCodec>.ReadHashSet(ref reader);
}
