using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="IReadOnlySet{T}"/>, stored as its items in the order of their encodings and read as a <see cref="HashSet{T}"/>.</summary>
public readonly struct ReadOnlySetInterfaceCodec<T, TCodec> : ICodec<IReadOnlySet<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlySet<T> value) => Set<T, TCodec>.Write(ref writer, Exact.NotNull(value), value.Count, KeyComparison.OfSet<T>(value));

    /// <inheritdoc/>
    public static IReadOnlySet<T> Read(ref MessagePackReader reader) => Set<T, TCodec>.ReadHashSet(ref reader);
}
