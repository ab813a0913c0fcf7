using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Which rows of a nullable column have a value.</summary>
internal static class Presence
{
    public const string Name = "null";

    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<bool> present, int count)
    {
        Column.WriteHeader(ref writer, Name, 2);
        if (count == present.Length) writer.WriteNil();
        else BooleanColumn.WriteBits(ref writer, present);
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
    public static bool AtRow(ArtifactException exception, bool[] present)
    {
        if (exception.Row is not { } value) return false;
        var row = Array.IndexOf(present, true);
        for (; value > 0; value--) row = Array.IndexOf(present, true, row + 1);
        exception.Row = row;
        return false;
    }
}
