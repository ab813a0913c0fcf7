using System.Runtime.CompilerServices;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>How values become integers and back.</summary>
internal interface IConversion<T, TNumber>
{
    static abstract string Name { get; }

    static abstract TNumber To(T value);

    static abstract T From(TNumber number);
}

/// <summary>Values that are stored as integers: the name of their type, and the column of these.</summary>
internal static class ConvertedColumn<T, TNumber, TColumn, TConversion> where TColumn : struct, IColumn<TNumber> where TConversion : struct, IConversion<T, TNumber>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<T> cells)
    {
        Column.WriteHeader(ref writer, TConversion.Name, 1);
        var numbers = Column.Rent<TNumber>(cells.Length);
        for (var i = 0; i < cells.Length; i++) numbers[i] = TConversion.To(cells[i]);
        Column.Write<TNumber, TColumn>(ref writer, numbers, cells.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T[] Read(ref MessagePackReader reader, int count)
    {
        var parts = Column.ReadHeader(ref reader, TConversion.Name);
        if (parts != 1) throw Column.BadForm(TConversion.Name, parts);
        var numbers = TColumn.Read(ref reader, count);
        var cells = Column.Rent<T>(count);
        for (var i = 0; i < count; i++) cells[i] = TConversion.From(numbers[i]);
        Column.Return(numbers);
        return cells;
    }
}
