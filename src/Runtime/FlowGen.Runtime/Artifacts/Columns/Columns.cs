using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Writes and reads many values of one type at once, member by member. Emitted for types all of whose members are scalars.</summary>
/// <typeparam name="T">Type of a row.</typeparam>
public abstract class Columns<T>
{
    /// <summary>Writes the columns of some rows.</summary>
    /// <exception cref="ArtifactException">A row cannot be stored as it is.</exception>
    public abstract void Write(ref MessagePackWriter writer, ReadOnlySpan<T> rows);

    /// <summary>Reads the columns of <see cref="TableRows{T}.Count"/> rows, and then makes them.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are not so many rows of this type.</exception>
    public abstract void Read(ref MessagePackReader reader, TableRows<T> rows);
}
