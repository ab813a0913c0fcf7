using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ImmutableList{T}"/>, stored as its items.</summary>
public readonly struct ImmutableListCodec<T, TCodec> : ICodec<ImmutableList<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableList<T> value) => Sequence<T, TCodec>.Write(ref writer, Exact.Of(value));

    /// <inheritdoc/>
    public static ImmutableList<T> Read(ref MessagePackReader reader) => [.. Sequence<T, TCodec>.Read(ref reader)];
}
