using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>How values become ticks of 100 ns beside something small, and back.</summary>
internal interface ITicks<T>
{
    static abstract string Name { get; }

    static abstract (long Ticks, short Beside) To(T value);

    static abstract T From(long ticks, short beside);
}

/// <summary>Values that are stored as ticks since 0001-01-01 and what stands beside them.</summary>
internal static class TicksColumn<T, TTicks> where TTicks : struct, ITicks<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> cells)
    {
        Column.WriteHeader(ref writer, TTicks.Name, 2);
        var (ticks, beside) = (Column.Rent<long>(cells.Length), Column.Rent<short>(cells.Length));
        for (var i = 0; i < cells.Length; i++) (ticks[i], beside[i]) = TTicks.To(cells[i]);
        Column.Write<long, NumberColumn<long>>(ref writer, ticks, cells.Length);
        AlikeColumn.Write(ref writer, beside.AsSpan(0, cells.Length));
        Column.Return(beside);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T[] Read(ref MessagePackReader reader, int count)
    {
        var parts = Column.ReadHeader(ref reader, TTicks.Name);
        if (parts != 2) throw Column.BadForm(TTicks.Name, parts);
        var ticks = NumberColumn<long>.Read(ref reader, count);
        var beside = AlikeColumn.Read(ref reader, count);
        var cells = Column.Rent<T>(count);
        for (var i = 0; i < count; i++) cells[i] = TTicks.From(ticks[i], beside[i]);
        Column.Return(ticks);
        Column.Return(beside);
        return cells;
    }
}
