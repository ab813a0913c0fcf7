using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="SortedSet{T}"/>, stored as its items in the order of their encodings.</summary>
public readonly struct SortedSetCodec<T, TCodec> : ICodec<SortedSet<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedSet<T> value) => Set<T, TCodec>.Write(ref writer, Exact.Of(value), KeyComparison.Of(value.Comparer));

    /// <inheritdoc/>
    public static SortedSet<T> Read(ref MessagePackReader reader)
    {
        var comparison = Set<T, TCodec>.ReadComparison(ref reader);
        return Set<T, TCodec>.Fill(ref reader, new SortedSet<T>(comparison.ComparerOf<T>()));
    }
}
