using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateTime"/> as its ticks of 100 ns since 0001-01-01, and its kinds: 0 unspecified, 1 UTC, 2 local.</summary>
public readonly struct DateTimeColumn : IColumn<DateTime>
{
    internal const string Name = "DateTime";

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<DateTime> cells)
    {
        Column.WriteHeader(ref writer, Name, 2);
        var (ticks, kinds) = (Column.Rent<long>(cells.Length), Column.Rent<short>(cells.Length));
        for (var i = 0; i < cells.Length; i++) (ticks[i], kinds[i]) = (cells[i].Ticks, (short)cells[i].Kind);
        Column.Write<long, NumberColumn<long>>(ref writer, ticks, cells.Length);
        AlikeColumn.Write(ref writer, kinds.AsSpan(0, cells.Length));
        Column.Return(kinds);
    }

    /// <inheritdoc/>
    public static DateTime[] Read(ref MessagePackReader reader, int count)
    {
        var parts = Column.ReadHeader(ref reader, Name);
        if (parts != 2) throw Column.BadForm(Name, parts);
        var ticks = NumberColumn<long>.Read(ref reader, count);
        var kinds = AlikeColumn.Read(ref reader, count);
        var cells = Column.Rent<DateTime>(count);
        for (var i = 0; i < count; i++) cells[i] = new DateTime(ticks[i], (DateTimeKind)kinds[i]);
        Column.Return(ticks);
        Column.Return(kinds);
        return cells;
    }
}
