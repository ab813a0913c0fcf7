using System.Numerics;
using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>How values are told apart: exactly, so that <c>-0.0</c> is not <c>0.0</c> and <c>1.0m</c> is not <c>1.00m</c>.</summary>
internal interface IIdentity<T>
{
    static abstract ulong Hash(T value);

    static abstract bool Equal(T a, T b);
}

/// <summary>Numbers equal values in the order in which they first appear.</summary>
internal static class Distinct<T, TIdentity> where TIdentity : struct, IIdentity<T>
{
    /// <summary>Gives up when there are more than <paramref name="limit"/> different values.</summary>
    /// <param name="cells">At most <see cref="Table.GroupRows"/> values.</param>
    /// <param name="limit">How many different values are worth it.</param>
    /// <param name="codes">The number of each value.</param>
    /// <param name="entries">The values by number.</param>
    /// <returns>How many different values there are, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Number(ReadOnlySpan<T> cells, int limit, Span<ushort> codes, Span<T> entries)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * limit));
        var shift = 64 - BitOperations.Log2((uint)size);
        var slots = Column.Rent<ushort>(size);
        slots.AsSpan(0, size).Clear();
        var count = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i];
            var slot = (int)((TIdentity.Hash(cell) * 0x9E37_79B9_7F4A_7C15) >> shift);
            while (slots[slot] != 0 && !TIdentity.Equal(entries[slots[slot] - 1], cell)) slot = (slot + 1) & (size - 1);
            if (slots[slot] == 0)
            {
                if (count == limit)
                {
                    count = -1;
                    break;
                }

                entries[count++] = cell;
                slots[slot] = (ushort)count;
            }

            codes[i] = (ushort)(slots[slot] - 1);
        }

        Column.Return(slots);
        return count;
    }
}

/// <summary>The numbers of values in a dictionary: bytes if there are at most 256 entries, else 16 bits each.</summary>
internal static class Codes
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<ushort> codes, int entries)
    {
        if (entries > 256)
        {
            Block.Write(ref writer, codes);
            return;
        }

        var narrow = Column.Rent<byte>(codes.Length);
        for (var i = 0; i < codes.Length; i++) narrow[i] = (byte)codes[i];
        Block.Write<byte>(ref writer, narrow.AsSpan(0, codes.Length));
        Column.Return(narrow);
    }

    /// <summary>Reads the values of so many rows.</summary>
    public static T[] Read<T>(ref MessagePackReader reader, int count, ReadOnlySpan<T> entries) => reader.NextMessagePackType == MessagePackType.Binary
        ? Read<T, byte>(ref reader, count, entries)
        : Read<T, ushort>(ref reader, count, entries);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T[] Read<T, TCode>(ref MessagePackReader reader, int count, ReadOnlySpan<T> entries) where TCode : unmanaged, IBinaryInteger<TCode>
    {
        var codes = Column.ReadBlock<TCode>(ref reader, count);
        var cells = Column.Rent<T>(count);
        for (var i = 0; i < count; i++)
        {
            var code = int.CreateTruncating(codes[i]);
            if (code >= entries.Length) throw new ArtifactFormatException($"A column names entry {code} of {entries.Length}.");
            cells[i] = entries[code];
        }

        Column.Return(codes);
        return cells;
    }
}
