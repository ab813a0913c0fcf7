using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="TimeOnly"/> as its ticks of 100 ns since midnight.</summary>
public readonly struct TimeOnlyColumn : IColumn<TimeOnly>, IConversion<TimeOnly, long>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<TimeOnly> cells) => ConvertedColumn<TimeOnly, long, NumberColumn<long>, TimeOnlyColumn>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static TimeOnly[] Read(ref MessagePackReader reader, int count) => ConvertedColumn<TimeOnly, long, NumberColumn<long>, TimeOnlyColumn>.Read(ref reader, count);

    static string IConversion<TimeOnly, long>.Name => "TimeOnly";

    static long IConversion<TimeOnly, long>.To(TimeOnly value) => value.Ticks;

    static TimeOnly IConversion<TimeOnly, long>.From(long number) => new(number);
}
