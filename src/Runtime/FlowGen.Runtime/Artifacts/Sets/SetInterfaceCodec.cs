using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ISet{T}"/>, stored as its items in the order of their encodings and read as a <see cref="HashSet{T}"/>.</summary>
public readonly struct SetInterfaceCodec<T, TCodec> : ICodec<ISet<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ISet<T> value) => Set<T, TCodec>.Write(ref writer, Exact.NotNull(value), value.Count, KeyComparison.OfSet<T>(value));

    /// <inheritdoc/>
    public static ISet<T> Read(ref MessagePackReader reader) => Set<T, TCodec>.ReadHashSet(ref reader);
}
