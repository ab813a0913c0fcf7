using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Arrays of several dimensions: their lengths, then their items as a sequence.</summary>
internal static class Grid<T, TCodec> where TCodec : struct, ICodec<T>
{
    public static void Write(ref MessagePackWriter writer, Array array, scoped ReadOnlySpan<int> lengths)
    {
        writer.WriteArrayHeader(2);
        writer.WriteArrayHeader(lengths.Length);
        foreach (var length in lengths) writer.Write(length);
        Sequence<T, TCodec>.Write(ref writer, Items(array));
    }

    /// <summary>Reads lengths whose product is the number of items.</summary>
    public static T[] Read(ref MessagePackReader reader, scoped Span<int> lengths)
    {
        Expect.Array(ref reader, 2);
        Expect.Array(ref reader, lengths.Length);
        var total = 1L;
        foreach (ref var length in lengths)
        {
            length = reader.ReadInt32();
            if (length < 0) throw new ArtifactFormatException("A dimension of an array is negative.");
            total = checked(total * length);
        }

        var items = Sequence<T, TCodec>.Read(ref reader);
        return items.Length == total ? items : throw new ArtifactFormatException($"An array of {total} items has {items.Length}.");
    }

    public static Span<T> Items(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
