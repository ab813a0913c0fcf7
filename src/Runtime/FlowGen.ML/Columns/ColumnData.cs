using MessagePack;
using Microsoft.ML;

namespace FlowGen.ML.Columns;

/// <summary>All values of one column of a data view, or the one value of an annotation.</summary>
internal abstract class ColumnData
{
    /// <summary>Takes the value of the row that the cursor is at, each time it is called.</summary>
    public abstract Action Collector(DataViewRow cursor, DataViewSchema.Column column);

    /// <summary>Takes the value of an annotation.</summary>
    public abstract void Collect(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation);

    public abstract void Write(ref MessagePackWriter writer);

    /// <param name="reader">Where the values are.</param>
    /// <param name="rows">How many there must be.</param>
    /// <exception cref="ArtifactFormatException">There are more or fewer, or they are none of this type.</exception>
    public abstract void Read(ref MessagePackReader reader, int rows);

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the row that the function tells.</summary>
    public abstract Delegate Getter(Func<int> row);
}
