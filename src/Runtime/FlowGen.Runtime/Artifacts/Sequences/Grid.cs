using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Items in several dimensions: their lengths, then the items as a sequence, the last index fastest.</summary>
public static class Grid
{
    /// <summary>Writes lengths and items.</summary>
    public static void Write<T, TCodec>(ref MessagePackWriter writer, scoped ReadOnlySpan<nint> lengths, ReadOnlySpan<T> items) where TCodec : struct, ICodec<T>
    {
        writer.WriteArrayHeader(2);
        writer.WriteArrayHeader(lengths.Length);
        foreach (var length in lengths) writer.Write(length);
        Sequence<T, TCodec>.Write(ref writer, items);
    }

    /// <summary>Reads lengths, whose product is the number of items, and the items.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are nothing of the kind.</exception>
    public static T[] Read<T, TCodec>(ref MessagePackReader reader, out nint[] lengths) where TCodec : struct, ICodec<T>
    {
        Expect.Array(ref reader, 2);
        var rank = reader.ReadArrayHeader();
        if (rank > MaxRank) throw new ArtifactFormatException($"An array has {rank} dimensions, expected at most {MaxRank}.");
        lengths = new nint[rank];
        var (total, room) = (1L, 1L);
        foreach (ref var length in lengths.AsSpan())
        {
            length = reader.ReadInt32();
            if (length < 0) throw new ArtifactFormatException("A dimension of an array is negative.");
            total *= length;
            room *= Math.Max(1, length);
            if (room > Array.MaxLength) throw new ArtifactFormatException("The dimensions of an array are too long.");
        }

        var items = Sequence<T, TCodec>.Read(ref reader);
        return items.Length == total ? items : throw new ArtifactFormatException($"An array of {total} items has {items.Length}.");
    }

    /// <summary>Most dimensions that the framework knows.</summary>
    internal const int MaxRank = 32;

    internal static Span<T> Items<T>(Array array) => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
