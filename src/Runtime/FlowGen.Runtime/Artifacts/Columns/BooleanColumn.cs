using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Booleans as bits, the first row in the lowest bit.</summary>
public readonly struct BooleanColumn : IColumn<bool>
{
    internal const string Name = "bool";

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<bool> cells)
    {
        Column.WriteHeader(ref writer, Name, 1);
        WriteBits(ref writer, cells);
    }

    /// <inheritdoc/>
    public static bool[] Read(ref MessagePackReader reader, int count)
    {
        var parts = Column.ReadHeader(ref reader, Name);
        return parts == 1 ? ReadBits(ref reader, count) : throw Column.BadForm(Name, parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void WriteBits(ref MessagePackWriter writer, ReadOnlySpan<bool> cells)
    {
        var bits = Column.Rent<byte>(BytesOf(cells.Length));
        Array.Clear(bits);
        for (var i = 0; i < cells.Length; i++) bits[i >> 3] |= (byte)((cells[i] ? 1 : 0) << (i & 7));
        Block.Write<byte>(ref writer, bits.AsSpan(0, BytesOf(cells.Length)));
        Column.Return(bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool[] ReadBits(ref MessagePackReader reader, int count)
    {
        var bits = Column.ReadBlock<byte>(ref reader, BytesOf(count));
        if ((count & 7) != 0 && bits[count >> 3] >> (count & 7) != 0) throw new ArtifactFormatException("A column has bits after its last value.");
        var cells = Column.Rent<bool>(count);
        for (var i = 0; i < count; i++) cells[i] = (bits[i >> 3] & (1 << (i & 7))) != 0;
        Column.Return(bits);
        return cells;
    }

    private static int BytesOf(int count) => (count + 7) / 8;
}
