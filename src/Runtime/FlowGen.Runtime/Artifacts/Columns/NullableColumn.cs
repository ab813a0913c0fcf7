using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A nullable value: bits that say where there are values, or nil if they are everywhere, and the column of these values.</summary>
public readonly struct NullableColumn<T, TColumn> : IColumn<T?> where T : struct where TColumn : struct, IColumn<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T?> cells)
    {
        var (present, values) = (Column.Rent<bool>(cells.Length), Column.Rent<T>(cells.Length));
        var count = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            // Without a branch, which random gaps would mispredict.
            present[i] = cells[i] is not null;
            values[count] = cells[i].GetValueOrDefault();
            count += present[i] ? 1 : 0;
        }

        Presence.Write<T, TColumn>(ref writer, present, cells.Length, values, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T?[] Read(ref MessagePackReader reader, int count)
    {
        var present = Presence.Read(ref reader, count, out var valueCount);
        var values = TColumn.Read(ref reader, valueCount);
        var cells = Column.Rent<T?>(count);
        var next = 0;
        for (var i = 0; i < count; i++) cells[i] = present is null || present[i] ? values[next++] : null;
        Column.Return(present);
        Column.Return(values);
        return cells;
    }
}
