using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="TimeSpan"/> as its ticks of 100 ns.</summary>
public readonly struct TimeSpanColumn : IColumn<TimeSpan>, IConversion<TimeSpan, long>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<TimeSpan> cells) => ConvertedColumn<TimeSpan, long, NumberColumn<long>, TimeSpanColumn>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static TimeSpan[] Read(ref MessagePackReader reader, int count) => ConvertedColumn<TimeSpan, long, NumberColumn<long>, TimeSpanColumn>.Read(ref reader, count);

    static string IConversion<TimeSpan, long>.Name => "TimeSpan";

    static long IConversion<TimeSpan, long>.To(TimeSpan value) => value.Ticks;

    static TimeSpan IConversion<TimeSpan, long>.From(long number) => new(number);
}
