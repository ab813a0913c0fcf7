using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Stack{T}"/>, stored as its items, the top last.</summary>
public readonly struct StackCodec<T, TCodec> : ICodec<Stack<T>> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Stack<T> value)
    {
        var items = Exact.Of(value).ToArray();
        items.AsSpan().Reverse();
        Sequence<T, TCodec>.Write(ref writer, items);
    }

    /// <inheritdoc/>
    public static Stack<T> Read(ref MessagePackReader reader) => new(Sequence<T, TCodec>.Read(ref reader));
}
