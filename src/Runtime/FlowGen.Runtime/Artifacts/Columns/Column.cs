using System.Buffers;
using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>What columns have in common. A column is an array: the type of its values, then one of a few forms. Arrays of values are taken from the pool.</summary>
/// <remarks>
/// The loops over cells are compiled with all optimizations at once: a table is often written once in a process, and the code of a method that is called for each group only would be the slow first one
/// for as long.
/// </remarks>
public static class Column
{
    /// <summary>An array of the pool for so many values.</summary>
    public static T[] Rent<T>(int count) => count == 0 ? [] : ArrayPool<T>.Shared.Rent(count);

    /// <summary>Gives an array back.</summary>
    public static void Return<T>(T[]? cells)
    {
        if (cells is { Length: > 0 }) ArrayPool<T>.Shared.Return(cells, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
    }

    /// <summary>Writes the first values of an array of the pool and gives it back.</summary>
    public static void Write<T, TColumn>(ref MessagePackWriter writer, T[] cells, int count) where TColumn : struct, IColumn<T>
    {
        ArgumentNullException.ThrowIfNull(cells);
        TColumn.Write(ref writer, cells.AsSpan(0, count));
        Return(cells);
    }

    /// <summary>Begins a column of some type and so many parts.</summary>
    internal static void WriteHeader(ref MessagePackWriter writer, string type, int parts)
    {
        writer.WriteArrayHeader(1 + parts);
        Text.Write(ref writer, type);
    }

    /// <summary>Reads the beginning of a column and gives the number of its parts.</summary>
    internal static int ReadHeader(ref MessagePackReader reader, string type)
    {
        var parts = reader.ReadArrayHeader() - 1;
        Span<char> buffer = stackalloc char[Text.MaxLength];
        var found = buffer[..Text.Read(ref reader, buffer)];
        return found.SequenceEqual(type) ? parts : throw new ArtifactFormatException($"A column of {type} was expected and one of '{found}' found.");
    }

    internal static ArtifactFormatException BadForm(string type, int parts) => new($"A column of {type} has {parts} parts.");

    /// <summary>Reads a block of exactly so many values into an array of the pool.</summary>
    internal static T[] ReadBlock<T>(ref MessagePackReader reader, int count) => ReadBlock<T>(ref reader, ref count);

    /// <summary>The same; a negative <paramref name="count"/> becomes that of the block.</summary>
    internal static T[] ReadBlock<T>(ref MessagePackReader reader, ref int count)
    {
        var bytes = Block.Read<T>(ref reader, out var found);
        Expect(ref count, found);
        var cells = Rent<T>(count);
        Block.Copy(bytes, cells.AsSpan(0, count));
        return cells;
    }

    /// <summary>Checks how many values there are; a negative <paramref name="count"/> takes as many as a group can have.</summary>
    internal static void Expect(ref int count, int found)
    {
        if (count < 0 && found <= Table.GroupRows) count = found;
        if (found != count) throw new ArtifactFormatException(count < 0 ? $"A dictionary has {found} entries." : $"A column of {count} values has {found}.");
    }
}
