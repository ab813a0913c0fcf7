using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="ImmutableArray{T}"/>, stored as its items. The default value, which is not an array, is an error.</summary>
public readonly struct ImmutableArrayCodec<T, TCodec> : ICodec<ImmutableArray<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableArray<T> value)
    {
        if (value.IsDefault) throw new ArtifactException("The immutable array is not initialized (its default value); use ImmutableArray<T>.Empty or [].");
        Sequence<T, TCodec>.Write(ref writer, value.AsSpan());
    }

    /// <inheritdoc/>
    public static ImmutableArray<T> Read(ref MessagePackReader reader) => ImmutableCollectionsMarshal.AsImmutableArray(Sequence<T, TCodec>.Read(ref reader));
}
