using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Lists of flat objects, column by column: an array of the number of rows, as an extension that nothing else uses, and groups of rows, each a map from members to columns.</summary>
public static class Table
{
    /// <summary>Rows in each group but the last: few enough for the processor's cache, enough for what repeats.</summary>
    public const int GroupRows = 16 * 1024;

    /// <summary>Type code of the extension that begins a table. Part of the format.</summary>
    internal const sbyte Code = 13;

    /// <summary>Shorter lists are stored object by object, which is smaller. Part of the format.</summary>
    internal const int MinRows = 8;

    internal static void Write<T>(ref MessagePackWriter writer, ReadOnlySpan<T> rows, Columns<T> columns, ItemMarks? marks = null)
    {
        writer.WriteArrayHeader(1 + GroupsOf(rows.Length));
        writer.WriteExtensionFormatHeader(new ExtensionHeader(Code, sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), rows.Length);
        writer.Advance(sizeof(int));
        marks?.Begin(ref writer, ItemForm.Table);
        var start = 0;
        try
        {
            for (; start < rows.Length; start += GroupRows)
            {
                var group = rows.Slice(start, Math.Min(rows.Length - start, GroupRows));
                columns.Write(ref writer, group);
                marks?.Add(ref writer, group.Length);
            }
        }
        catch (ArtifactException e) when (AtRow(e, start))
        {
            throw;
        }
    }

    internal static T[] Read<T>(ref MessagePackReader reader, Columns<T> columns)
    {
        var total = ReadHeader(ref reader, out _);
        var rows = new TableRows<T>(total, reader.Sequence.Slice(reader.Position).Length);
        var start = 0;
        try
        {
            for (; start < total; start = rows.Done) columns.Read(ref reader, rows);
        }
        catch (Exception e) when (ArtifactPath.Member(e, string.Create(CultureInfo.InvariantCulture, $"[{start}..{Math.Min(total, start + GroupRows)}]")))
        {
            throw;
        }

        return rows.Items;
    }

    /// <summary>Reads rows without the header of their table.</summary>
    internal static T[] ReadRows<T>(ref MessagePackReader reader, Columns<T> columns, int count)
    {
        var rows = new TableRows<T>(count, reader.Sequence.Slice(reader.Position).Length);
        while (rows.Done < count) columns.Read(ref reader, rows);
        return rows.Items;
    }

    /// <summary>Whether a table comes next.</summary>
    internal static bool IsNext(in MessagePackReader reader)
    {
        var peek = reader.CreatePeekReader();
        return peek.NextMessagePackType == MessagePackType.Array && peek.ReadArrayHeader() > 0 && peek.NextMessagePackType == MessagePackType.Extension;
    }

    /// <summary>Reads the number of rows, which fits the number of groups.</summary>
    internal static int ReadHeader(ref MessagePackReader reader, out int groups)
    {
        groups = reader.ReadArrayHeader() - 1;
        var header = reader.ReadExtensionFormatHeader();
        if (header.TypeCode != Code || header.Length != sizeof(int)) throw new ArtifactFormatException($"A table was expected and extension {header.TypeCode} found.");
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        reader.ReadRaw(sizeof(int)).CopyTo(bytes);
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return count >= 0 && groups == GroupsOf(count) ? count : throw new ArtifactFormatException($"A table of {(uint)count} rows has {groups} groups.");
    }

    /// <summary>Checks that no row is <c>null</c> or of a subclass.</summary>
    /// <exception cref="ArtifactException">One is.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Check<T>(ReadOnlySpan<T> rows) where T : class
    {
        for (var i = 0; i < rows.Length; i++)
            if (rows[i]?.GetType() != typeof(T)) throw NotExact(rows[i], i);
    }

    /// <summary>Makes the exception for a column that is there twice.</summary>
    public static ArtifactFormatException Twice(string type, string member) => new($"The column {type}.{member} is there twice.");

    /// <summary>Makes the exception for rows that share no member with the type, so that nothing says that they exist.</summary>
    public static ArtifactFormatException NoColumns(string type) => new($"The rows have no member of {type}.");

    private static int GroupsOf(int rows) => (int)(((long)rows + GroupRows - 1) / GroupRows);

    private static ArtifactException NotExact<T>(T? row, int index) where T : class
    {
        try
        {
            Exact.Of(row);
        }
        catch (ArtifactException e)
        {
            e.Row = index;
            return e;
        }

        return new ArtifactException("The rows changed while they were written.") { Row = index };
    }

    private static bool AtRow(ArtifactException exception, int start)
    {
        if (exception.Row is not { } row) return false;
        exception.Row = null;
        return ArtifactPath.Index(exception, start + row);
    }
}
