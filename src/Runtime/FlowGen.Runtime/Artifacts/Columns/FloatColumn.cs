using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><c>double</c> and <c>float</c>, bit for bit: a block, with a dictionary where values repeat.</summary>
public readonly struct FloatColumn<T> : IColumn<T>, IPlainColumn<T>, IIdentity<T> where T : unmanaged
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> cells) => DictionaryColumn<T, FloatColumn<T>, FloatColumn<T>>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static T[] Read(ref MessagePackReader reader, int count) => DictionaryColumn<T, FloatColumn<T>, FloatColumn<T>>.Read(ref reader, count);

    static string IPlainColumn<T>.Name => typeof(T) == typeof(double) ? "double" : "float";

    static int IPlainColumn<T>.Parts => 1;

    static void IPlainColumn<T>.Write(ref MessagePackWriter writer, ReadOnlySpan<T> values) => Block.Write(ref writer, values);

    static T[] IPlainColumn<T>.Read(ref MessagePackReader reader, ref int count) => Column.ReadBlock<T>(ref reader, ref count);

    static ulong IIdentity<T>.Hash(T value) => Bits(value);

    static bool IIdentity<T>.Equal(T a, T b) => Bits(a) == Bits(b);

    private static ulong Bits(T value) => Unsafe.SizeOf<T>() == sizeof(ulong) ? Unsafe.BitCast<T, ulong>(value) : Unsafe.BitCast<T, uint>(value);
}
