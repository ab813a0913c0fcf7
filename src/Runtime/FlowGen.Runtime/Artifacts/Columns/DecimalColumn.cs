using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>decimal</c> as text with all its digits, with a dictionary where values repeat.</summary>
public readonly struct DecimalColumn : IColumn<decimal>, IPlainColumn<decimal>, IIdentity<decimal>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<decimal> cells) => DictionaryColumn<decimal, DecimalColumn, DecimalColumn>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static decimal[] Read(ref MessagePackReader reader, int count) => DictionaryColumn<decimal, DecimalColumn, DecimalColumn>.Read(ref reader, count);

    static string IPlainColumn<decimal>.Name => "decimal";

    static int IPlainColumn<decimal>.Parts => 1;

    static void IPlainColumn<decimal>.Write(ref MessagePackWriter writer, ReadOnlySpan<decimal> values) => Sequence<decimal, DecimalCodec>.Write(ref writer, values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static decimal[] IPlainColumn<decimal>.Read(ref MessagePackReader reader, ref int count)
    {
        Column.Expect(ref count, reader.ReadArrayHeader());
        var cells = Column.Rent<decimal>(count);
        for (var i = 0; i < count; i++) cells[i] = DecimalCodec.Read(ref reader);
        return cells;
    }

    static ulong IIdentity<decimal>.Hash(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (uint)bits[0] ^ ((ulong)(uint)bits[1] << 32) ^ ((ulong)(uint)bits[2] * 31) ^ (uint)bits[3];
    }

    static bool IIdentity<decimal>.Equal(decimal a, decimal b)
    {
        Span<int> bits = stackalloc int[8];
        decimal.GetBits(a, bits);
        decimal.GetBits(b, bits[4..]);
        return bits[..4].SequenceEqual(bits[4..]);
    }
}
