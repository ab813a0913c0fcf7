using System.Numerics;
using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Integers: as a block, or, where that is smaller, as multiples of a scale above a base: the least value, the greatest common divisor of the differences, and a block of unsigned factors.</summary>
/// <remarks>Frame of reference, as column stores have it (Goldstein, Ramakrishnan and Shaft, 1998), with a scale for dates and rounded numbers.</remarks>
public readonly struct NumberColumn<T> : IColumn<T> where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private const int BlockParts = 1, FrameParts = 3;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> cells)
    {
        var factors = Column.Rent<ulong>(cells.Length);
        var (least, scale, most) = Frame(cells, factors);
        var width = most <= byte.MaxValue ? sizeof(byte) : most <= ushort.MaxValue ? sizeof(ushort) : most <= uint.MaxValue ? sizeof(uint) : sizeof(ulong);
        if (width >= Unsafe.SizeOf<T>())
        {
            Column.WriteHeader(ref writer, Name, BlockParts);
            Block.Write(ref writer, cells);
        }
        else
        {
            Column.WriteHeader(ref writer, Name, FrameParts);
            if (T.IsNegative(T.MinValue)) writer.Write(long.CreateChecked(least));
            else writer.Write(ulong.CreateChecked(least));
            writer.Write(scale);
            if (width == sizeof(byte)) WriteFactors<byte>(ref writer, cells, least, scale, factors);
            else if (width == sizeof(ushort)) WriteFactors<ushort>(ref writer, cells, least, scale, factors);
            else WriteFactors<uint>(ref writer, cells, least, scale, factors);
        }

        Column.Return(factors);
    }

    /// <inheritdoc/>
    public static T[] Read(ref MessagePackReader reader, int count) => Read(ref reader, ref count);

    /// <summary>The same; a negative <paramref name="count"/> becomes that of the column.</summary>
    internal static T[] Read(ref MessagePackReader reader, ref int count)
    {
        var parts = Column.ReadHeader(ref reader, Name);
        if (parts == BlockParts) return Column.ReadBlock<T>(ref reader, ref count);
        if (parts != FrameParts) throw Column.BadForm(Name, parts);
        var least = T.IsNegative(T.MinValue) ? T.CreateChecked(reader.ReadInt64()) : T.CreateChecked(reader.ReadUInt64());
        var scale = reader.ReadUInt64();
        if (reader.NextMessagePackType == MessagePackType.Binary) return ReadFactors<byte>(ref reader, ref count, least, scale);
        return reader.CreatePeekReader().ReadExtensionFormatHeader().TypeCode == Block.CodeOf<ushort>()
            ? ReadFactors<ushort>(ref reader, ref count, least, scale)
            : ReadFactors<uint>(ref reader, ref count, least, scale);
    }

    internal static string Name { get; } = typeof(T).Name switch
    {
        nameof(SByte) => "sbyte",
        nameof(Byte) => "byte",
        nameof(Int16) => "short",
        nameof(UInt16) => "ushort",
        nameof(Int32) => "int",
        nameof(UInt32) => "uint",
        nameof(Int64) => "long",
        _ => "ulong",
    };

    private static (T Least, ulong Scale, ulong Most) Frame(ReadOnlySpan<T> cells, Span<ulong> factors)
    {
        if (cells.IsEmpty || Unsafe.SizeOf<T>() == sizeof(byte)) return (T.Zero, 1, 0);
        var (least, greatest) = Extremes(cells);
        var range = Distance(greatest, least);
        var scale = Math.Max(1, range);
        while (scale > 1 && !TryDivide(cells, least, ref scale, factors)) { }
        return (least, scale, range / scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (T Least, T Greatest) Extremes(ReadOnlySpan<T> cells)
    {
        var (least, greatest) = (cells[0], cells[0]);
        var rest = cells;
        if (Vector.IsHardwareAccelerated && cells.Length >= Vector<T>.Count)
        {
            var (low, high) = (new Vector<T>(cells), new Vector<T>(cells));
            for (; rest.Length >= Vector<T>.Count; rest = rest[Vector<T>.Count..])
            {
                var lane = new Vector<T>(rest);
                (low, high) = (Vector.Min(low, lane), Vector.Max(high, lane));
            }

            for (var i = 0; i < Vector<T>.Count; i++) (least, greatest) = (T.Min(least, low[i]), T.Max(greatest, high[i]));
        }

        foreach (var cell in rest) (least, greatest) = (T.Min(least, cell), T.Max(greatest, cell));
        return (least, greatest);
    }

    /// <summary>Divides all distances by a scale. Where it does not divide one, it becomes the greatest number that divides both.</summary>
    /// <remarks>
    /// Exact division (Granlund and Montgomery, "Division by invariant integers using multiplication", 1994, section 9): the product with the inverse of the odd part modulo 2^64, rotated by the power
    /// of two, is the quotient where there is no rest, and larger than any quotient where there is one. One multiplication instead of a division.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryDivide(ReadOnlySpan<T> cells, T least, ref ulong scale, Span<ulong> factors)
    {
        var shift = BitOperations.TrailingZeroCount(scale);
        var (inverse, most) = (Inverse(scale >> shift), ulong.MaxValue / scale);
        for (var i = 0; i < cells.Length; i++)
        {
            var distance = Distance(cells[i], least);
            var factor = BitOperations.RotateRight(distance * inverse, shift);
            if (factor > most)
            {
                scale = Divisor(scale, distance % scale);
                return false;
            }

            factors[i] = factor;
        }

        return true;
    }

    /// <summary>The inverse of an odd number modulo 2^64, by Newton's method: each step doubles the bits that are right, of which the first guess has five.</summary>
    private static ulong Inverse(ulong odd)
    {
        var inverse = (3 * odd) ^ 2;
        for (var bits = 5; bits < 64; bits *= 2) inverse *= 2 - (odd * inverse);
        return inverse;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteFactors<TFactor>(ref MessagePackWriter writer, ReadOnlySpan<T> cells, T least, ulong scale, ReadOnlySpan<ulong> factors) where TFactor : unmanaged, IBinaryInteger<TFactor>
    {
        var rented = Column.Rent<TFactor>(cells.Length);
        var narrow = rented.AsSpan(0, cells.Length);
        if (scale == 1)
            for (var i = 0; i < narrow.Length; i++) narrow[i] = TFactor.CreateTruncating(Distance(cells[i], least));
        else
            for (var i = 0; i < narrow.Length; i++) narrow[i] = TFactor.CreateTruncating(factors[i]);
        Block.Write<TFactor>(ref writer, narrow);
        Column.Return(rented);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T[] ReadFactors<TFactor>(ref MessagePackReader reader, ref int count, T least, ulong scale) where TFactor : unmanaged, IBinaryInteger<TFactor>
    {
        var factors = Column.ReadBlock<TFactor>(ref reader, ref count);
        var most = TFactor.Zero;
        foreach (var factor in factors.AsSpan(0, count)) most = TFactor.Max(most, factor);
        if (ulong.CreateTruncating(most) * (UInt128)scale > Distance(T.MaxValue, least)) throw new ArtifactFormatException($"A column of {Name} has values that are too large.");
        var cells = Column.Rent<T>(count);
        var origin = ulong.CreateTruncating(least);
        for (var i = 0; i < count; i++) cells[i] = T.CreateTruncating(origin + ulong.CreateTruncating(factors[i]) * scale);
        Column.Return(factors);
        return cells;
    }

    // Differences modulo 2^64, which is exact for all types, signed or not.
    private static ulong Distance(T value, T least) => ulong.CreateTruncating(value) - ulong.CreateTruncating(least);

    private static ulong Divisor(ulong a, ulong b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
