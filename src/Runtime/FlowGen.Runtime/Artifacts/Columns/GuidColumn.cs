using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Guid"/> as 16 bytes in the order of its text, with a dictionary where values repeat.</summary>
public readonly struct GuidColumn : IColumn<Guid>, IPlainColumn<Guid>, IIdentity<Guid>
{
    private const int Size = 16;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<Guid> cells) => DictionaryColumn<Guid, GuidColumn, GuidColumn>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static Guid[] Read(ref MessagePackReader reader, int count) => DictionaryColumn<Guid, GuidColumn, GuidColumn>.Read(ref reader, count);

    static string IPlainColumn<Guid>.Name => "Guid";

    static int IPlainColumn<Guid>.Parts => 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void IPlainColumn<Guid>.Write(ref MessagePackWriter writer, ReadOnlySpan<Guid> values)
    {
        writer.WriteBinHeader(values.Length * Size);
        foreach (var value in values)
        {
            value.TryWriteBytes(writer.GetSpan(Size), bigEndian: true, out _);
            writer.Advance(Size);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Guid[] IPlainColumn<Guid>.Read(ref MessagePackReader reader, ref int count)
    {
        var bytes = Block.Read<byte>(ref reader, out var length);
        Column.Expect(ref count, length % Size == 0 ? length / Size : -1);
        var cells = Column.Rent<Guid>(count);
        Block.Copy(bytes, MemoryMarshal.AsBytes(cells.AsSpan(0, count)));
        for (var i = 0; i < count; i++) cells[i] = new Guid(MemoryMarshal.AsBytes(cells.AsSpan(i, 1)), bigEndian: true);
        return cells;
    }

    static ulong IIdentity<Guid>.Hash(Guid value) => (ulong)value.GetHashCode();

    static bool IIdentity<Guid>.Equal(Guid a, Guid b) => a == b;
}
