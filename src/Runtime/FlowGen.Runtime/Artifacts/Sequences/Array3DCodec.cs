using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>T[,,]</c> as an array of its 3 lengths, then its items, the last index fastest.</summary>
public readonly struct Array3DCodec<T, TCodec> : ICodec<T[,,]> where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,,] value)
    {
        var array = Exact.Of(value);
        Grid<T, TCodec>.Write(ref writer, array, [array.GetLength(0), array.GetLength(1), array.GetLength(2)]);
    }

    /// <inheritdoc/>
    public static T[,,] Read(ref MessagePackReader reader)
    {
        Span<int> lengths = stackalloc int[3];
        var items = Grid<T, TCodec>.Read(ref reader, lengths);
        var array = new T[lengths[0], lengths[1], lengths[2]];
        items.CopyTo(Grid<T, TCodec>.Items(array));
        return array;
    }
}
