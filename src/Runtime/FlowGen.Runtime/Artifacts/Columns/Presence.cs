using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Which rows of a nullable column have a value.</summary>
internal static class Presence
{
    public const string Name = "null";

    /// <summary>Writes a column of so many rows, of which <paramref name="count"/> have values; gives both arrays back to the pool.</summary>
    public static void Write<T, TColumn>(ref MessagePackWriter writer, bool[] present, int rows, T[] values, int count) where TColumn : struct, IColumn<T>
    {
        Column.WriteHeader(ref writer, Name, 2);
        if (count == rows) writer.WriteNil();
        else BooleanColumn.WriteBits(ref writer, present.AsSpan(0, rows));
        try
        {
            TColumn.Write(ref writer, values.AsSpan(0, count));
        }
        catch (ArtifactException e) when (AtRow(e, present))
        {
            throw;
        }

        Column.Return(present);
        Column.Return(values);
    }

    /// <summary>Reads what stands before the column of the values, and how many there are; <c>null</c> if every row has one.</summary>
    public static bool[]? Read(ref MessagePackReader reader, int count, out int values)
    {
        var parts = Column.ReadHeader(ref reader, Name);
        if (parts != 2) throw Column.BadForm(Name, parts);
        values = count;
        if (reader.TryReadNil()) return null;
        var present = BooleanColumn.ReadBits(ref reader, count);
        values = present.AsSpan(0, count).Count(true);
        return present;
    }

    /// <summary>Makes the row of an exception that of the whole column; <c>false</c>.</summary>
    private static bool AtRow(ArtifactException exception, bool[] present)
    {
        if (exception.Row is not { } value) return false;
        var row = Array.IndexOf(present, true);
        for (; value > 0; value--) row = Array.IndexOf(present, true, row + 1);
        exception.Row = row;
        return false;
    }
}
