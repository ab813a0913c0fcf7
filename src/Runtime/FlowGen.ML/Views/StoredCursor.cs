using FlowGen.ML.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FlowGen.ML.Views;

/// <summary>Goes over the rows of a stored data view.</summary>
/// <param name="schema">Schema of the view.</param>
/// <param name="columns">All columns.</param>
/// <param name="active">Positions of the columns that may be read.</param>
/// <param name="rows">How many rows there are.</param>
/// <param name="order">Their order; <c>null</c> for that in which they are stored.</param>
internal sealed class StoredCursor(DataViewSchema schema, ColumnData[] columns, HashSet<int> active, int rows, int[]? order) : DataViewRowCursor
{
    private int _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    private int Row => _position < 0 ? throw new InvalidOperationException("A cursor has a row only after MoveNext has said so.") : order is null ? _position : order[_position];

    public override bool MoveNext()
    {
        if (_position + 1 < rows && _position > -2)
        {
            _position++;
            return true;
        }

        _position = -2;
        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column)) throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the cursor was made.");
        return columns[column.Index].Getter(() => Row) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, and its values are no {typeof(TValue)}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Row, 0);
}
