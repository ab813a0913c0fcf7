using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ImmutableSortedSet{T}"/>, stored as its items in the order of their encodings.</summary>
public readonly struct ImmutableSortedSetCodec<T, TCodec> : ICodec<ImmutableSortedSet<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedSet<T> value) => Set<T, TCodec>.Write(ref writer, Exact.Of(value), KeyComparison.Of(value.KeyComparer));

    /// <inheritdoc/>
    public static ImmutableSortedSet<T> Read(ref MessagePackReader reader)
    {
        var comparison = Set<T, TCodec>.ReadComparison(ref reader);
        return Set<T, TCodec>.Fill(ref reader, ImmutableSortedSet.CreateBuilder(comparison.ComparerOf<T>())).ToImmutable();
    }
}
