using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Values one after the other, the plain form of a column that may also have a dictionary.</summary>
internal interface IPlainColumn<T>
{
    static abstract string Name { get; }

    /// <summary>Number of parts of the plain form. The other form has as many for its entries, and one for the codes.</summary>
    static abstract int Parts { get; }

    static abstract void Write(ref MessagePackWriter writer, ReadOnlySpan<T> values);

    /// <summary>Reads exactly so many values, or, if <paramref name="count"/> is negative, as many as there are. The array is of the pool.</summary>
    static abstract T[] Read(ref MessagePackReader reader, ref int count);
}

/// <summary>The values one after the other, or, where at most half of them are different, each once in the order in which they first appear, and their numbers.</summary>
internal static class DictionaryColumn<T, TPlain, TIdentity> where TPlain : struct, IPlainColumn<T> where TIdentity : struct, IIdentity<T>
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> cells)
    {
        var codes = Column.Rent<ushort>(cells.Length);
        var entries = Column.Rent<T>(cells.Length);
        var count = cells.Length < 2 ? -1 : Distinct<T, TIdentity>.Number(cells, cells.Length / 2, codes, entries);
        Column.WriteHeader(ref writer, TPlain.Name, count < 0 ? TPlain.Parts : TPlain.Parts + 1);
        if (count < 0) TPlain.Write(ref writer, cells);
        else
        {
            try
            {
                TPlain.Write(ref writer, entries.AsSpan(0, count));
            }
            catch (ArtifactException e) when (AtFirstRow(e, codes))
            {
                throw;
            }

            Codes.Write(ref writer, codes.AsSpan(0, cells.Length), count);
        }

        Column.Return(codes);
        Column.Return(entries);
    }

    public static T[] Read(ref MessagePackReader reader, int count)
    {
        var parts = Column.ReadHeader(ref reader, TPlain.Name);
        if (parts == TPlain.Parts) return TPlain.Read(ref reader, ref count);
        if (parts != TPlain.Parts + 1) throw Column.BadForm(TPlain.Name, parts);
        var distinct = -1;
        var entries = TPlain.Read(ref reader, ref distinct);
        var cells = Codes.Read<T>(ref reader, count, entries.AsSpan(0, distinct));
        Column.Return(entries);
        return cells;
    }

    private static bool AtFirstRow(ArtifactException exception, ushort[] codes)
    {
        if (exception.Row is { } entry) exception.Row = Array.IndexOf(codes, (ushort)entry);
        return false;
    }
}
