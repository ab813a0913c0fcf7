using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateOnly"/> as days since 0001-01-01.</summary>
public readonly struct DateOnlyColumn : IColumn<DateOnly>, IConversion<DateOnly, int>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<DateOnly> cells) => ConvertedColumn<DateOnly, int, NumberColumn<int>, DateOnlyColumn>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static DateOnly[] Read(ref MessagePackReader reader, int count) => ConvertedColumn<DateOnly, int, NumberColumn<int>, DateOnlyColumn>.Read(ref reader, count);

    static string IConversion<DateOnly, int>.Name => "DateOnly";

    static int IConversion<DateOnly, int>.To(DateOnly value) => value.DayNumber;

    static DateOnly IConversion<DateOnly, int>.From(int number) => DateOnly.FromDayNumber(number);
}
