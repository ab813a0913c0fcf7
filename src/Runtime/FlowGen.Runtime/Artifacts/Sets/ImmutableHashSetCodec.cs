using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ImmutableHashSet{T}"/>, stored as its items in the order of their encodings.</summary>
public readonly struct ImmutableHashSetCodec<T, TCodec> : ICodec<ImmutableHashSet<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableHashSet<T> value) => Set<T, TCodec>.Write(ref writer, Exact.Of(value), KeyComparison.Of(value.KeyComparer));

    /// <inheritdoc/>
    public static ImmutableHashSet<T> Read(ref MessagePackReader reader)
    {
        var comparison = Set<T, TCodec>.ReadComparison(ref reader);
        return Set<T, TCodec>.Fill(ref reader, ImmutableHashSet.CreateBuilder(comparison.EqualityComparerOf<T>())).ToImmutable();
    }
}
