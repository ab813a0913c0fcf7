using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="List{T}"/>, stored as its items.</summary>
public readonly struct ListCodec<T, TCodec> : ICodec<List<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, List<T> value) => Sequence<T, TCodec>.Write(ref writer, CollectionsMarshal.AsSpan(Exact.Of(value)));

    /// <inheritdoc/>
    public static List<T> Read(ref MessagePackReader reader) => Sequence<T, TCodec>.ReadList(ref reader);
}
