using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Small numbers that are mostly all the same: then one integer, else a column. They stand beside a column that says how many rows there are.</summary>
internal static class AlikeColumn
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<short> cells)
    {
        if (cells.IsEmpty || !cells.ContainsAnyExcept(cells[0])) writer.Write(cells.IsEmpty ? (short)0 : cells[0]);
        else NumberColumn<short>.Write(ref writer, cells);
    }

    public static short[] Read(ref MessagePackReader reader, int count)
    {
        if (reader.NextMessagePackType != MessagePackType.Integer) return NumberColumn<short>.Read(ref reader, count);
        var value = reader.ReadInt16();
        var cells = Column.Rent<short>(count);
        cells.AsSpan(0, count).Fill(value);
        return cells;
    }
}
