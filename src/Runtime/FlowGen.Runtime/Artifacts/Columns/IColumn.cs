using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Writes and reads one member of many rows. Which form is the smallest is a function of the values alone, so that equal rows have equal bytes.</summary>
/// <typeparam name="T">Type of the member.</typeparam>
public interface IColumn<T>
{
    /// <summary>Writes the values of at most <see cref="Table.GroupRows"/> rows.</summary>
    static abstract void Write(ref MessagePackWriter writer, ReadOnlySpan<T> cells);

    /// <summary>Reads the values of so many rows into an array of the pool, which may be longer. Makes room only for values that are there.</summary>
    static abstract T[] Read(ref MessagePackReader reader, int count);
}
