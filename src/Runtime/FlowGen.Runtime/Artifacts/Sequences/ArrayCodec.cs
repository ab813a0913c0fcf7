using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>T[]</c> as an array, or as one block (see <see cref="Block"/>).</summary>
public readonly struct ArrayCodec<T, TCodec> : ICodec<T[]> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[] value) => Sequence<T, TCodec>.Write(ref writer, Exact.Of(value));

    /// <inheritdoc/>
    public static T[] Read(ref MessagePackReader reader) => Sequence<T, TCodec>.Read(ref reader);
}
