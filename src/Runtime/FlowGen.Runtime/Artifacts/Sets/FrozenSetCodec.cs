using System.Collections.Frozen;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="FrozenSet{T}"/>, stored as its items in the order of their encodings.</summary>
public readonly struct FrozenSetCodec<T, TCodec> : ICodec<FrozenSet<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenSet<T> value) => Set<T, TCodec>.Write(ref writer, Exact.NotNull(value), KeyComparison.Of(value.Comparer));

    /// <inheritdoc/>
    public static FrozenSet<T> Read(ref MessagePackReader reader)
    {
        var items = Set<T, TCodec>.ReadHashSet(ref reader);
        return items.ToFrozenSet(items.Comparer);
    }
}
