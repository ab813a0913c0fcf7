using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Enums as a dictionary of the values that are there, as <see cref="EnumCodec{T}"/> writes them, and their numbers.</summary>
public readonly struct EnumColumn<T> : IColumn<T>, IIdentity<T> where T : struct, Enum
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> cells)
    {
        var codes = Column.Rent<ushort>(cells.Length);
        var entries = Column.Rent<T>(cells.Length);
        var count = Distinct<T, EnumColumn<T>>.Number(cells, cells.Length, codes, entries);
        Column.WriteHeader(ref writer, EnumColumn.Name, 2);
        Sequence<T, EnumCodec<T>>.Write(ref writer, entries.AsSpan(0, count));
        Codes.Write(ref writer, codes.AsSpan(0, cells.Length), count);
        Column.Return(codes);
        Column.Return(entries);
    }

    /// <inheritdoc/>
    public static T[] Read(ref MessagePackReader reader, int count)
    {
        var parts = Column.ReadHeader(ref reader, EnumColumn.Name);
        if (parts != 2) throw Column.BadForm(EnumColumn.Name, parts);
        return Codes.Read<T>(ref reader, count, Sequence<T, EnumCodec<T>>.Read(ref reader));
    }

    static ulong IIdentity<T>.Hash(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, byte>(value),
        2 => Unsafe.BitCast<T, ushort>(value),
        4 => Unsafe.BitCast<T, uint>(value),
        _ => Unsafe.BitCast<T, ulong>(value),
    };

    static bool IIdentity<T>.Equal(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);
}

/// <summary>What all columns of enums have in common.</summary>
internal static class EnumColumn
{
    public const string Name = "enum";
}
