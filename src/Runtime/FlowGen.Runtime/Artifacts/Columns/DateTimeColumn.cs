using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="DateTime"/> as its ticks of 100 ns since 0001-01-01, and its kinds: 0 unspecified, 1 UTC, 2 local.</summary>
public readonly struct DateTimeColumn : IColumn<DateTime>
{
    internal const string Name = "DateTime";

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<DateTime> cells) => TicksColumn<DateTime, Ticks>.Write(ref writer, cells);

    /// <inheritdoc/>
    public static DateTime[] Read(ref MessagePackReader reader, int count) => TicksColumn<DateTime, Ticks>.Read(ref reader, count);

    private readonly struct Ticks : ITicks<DateTime>
    {
        static string ITicks<DateTime>.Name => Name;

        public static (long Ticks, short Beside) To(DateTime value) => (value.Ticks, (short)value.Kind);

        public static DateTime From(long ticks, short beside) => new(ticks, (DateTimeKind)beside);
    }
}
