using Microsoft.ML;

namespace FlowGen.ML.Columns;

/// <summary>The values of a column whose getters give <typeparamref name="TValue"/>.</summary>
internal abstract class ColumnData<TValue> : ColumnData
{
    public override Action Collector(DataViewRow cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<TValue>(column);
        TValue value = default!;
        return () =>
        {
            getter(ref value);
            Add(value);
        };
    }

    public override void Collect(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        TValue value = default!;
        annotations.GetGetter<TValue>(annotation)(ref value);
        Add(value);
    }

    public override Delegate Getter(Func<int> row) => (ValueGetter<TValue>)((ref TValue value) => Get(row(), ref value));

    /// <summary>Adds a value; whoever gives it may change it afterwards.</summary>
    protected abstract void Add(in TValue value);

    /// <summary>Copies a value.</summary>
    protected abstract void Get(int row, ref TValue value);
}
