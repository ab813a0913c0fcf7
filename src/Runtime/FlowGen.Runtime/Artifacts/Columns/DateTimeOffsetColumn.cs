using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateTimeOffset"/> as the ticks of its clock reading, 100 ns since 0001-01-01, and its offsets in minutes.</summary>
public readonly struct DateTimeOffsetColumn : IColumn<DateTimeOffset>
{
    internal const string Name = "DateTimeOffset";

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<DateTimeOffset> cells) => TicksColumn<DateTimeOffset, Ticks>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static DateTimeOffset[] Read(ref MessagePackReader reader, int count) => TicksColumn<DateTimeOffset, Ticks>.Read(ref reader, count);

    private readonly struct Ticks : ITicks<DateTimeOffset>
    {
        static string ITicks<DateTimeOffset>.Name => Name;

        public static (long Ticks, short Beside) To(DateTimeOffset value) => (value.Ticks, (short)value.TotalOffsetMinutes);

        public static DateTimeOffset From(long ticks, short beside) => new(ticks, TimeSpan.FromMinutes(beside));
    }
}
