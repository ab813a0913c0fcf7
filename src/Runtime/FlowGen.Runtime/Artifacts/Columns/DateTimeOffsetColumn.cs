using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateTimeOffset"/> as the ticks of its clock reading, 100 ns since 0001-01-01, and its offsets in minutes.</summary>
public readonly struct DateTimeOffsetColumn : IColumn<DateTimeOffset>
{
    internal const string Name = "DateTimeOffset";

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<DateTimeOffset> cells)
    {
        Column.WriteHeader(ref writer, Name, 2);
        var (ticks, offsets) = (Column.Rent<long>(cells.Length), Column.Rent<short>(cells.Length));
        for (var i = 0; i < cells.Length; i++) (ticks[i], offsets[i]) = (cells[i].Ticks, (short)cells[i].TotalOffsetMinutes);
        Column.Write<long, NumberColumn<long>>(ref writer, ticks, cells.Length);
        AlikeColumn.Write(ref writer, offsets.AsSpan(0, cells.Length));
        Column.Return(offsets);
    }

    /// <inheritdoc/>
    public static DateTimeOffset[] Read(ref MessagePackReader reader, int count)
    {
        var parts = Column.ReadHeader(ref reader, Name);
        if (parts != 2) throw Column.BadForm(Name, parts);
        var ticks = NumberColumn<long>.Read(ref reader, count);
        var offsets = AlikeColumn.Read(ref reader, count);
        var cells = Column.Rent<DateTimeOffset>(count);
        for (var i = 0; i < count; i++) cells[i] = new DateTimeOffset(ticks[i], TimeSpan.FromMinutes(offsets[i]));
        Column.Return(ticks);
        Column.Return(offsets);
        return cells;
    }
}
