using FlowGen.ML.Columns;
using Microsoft.ML;

namespace FlowGen.ML.Views;

/// <summary>A data view that was read from a store: all of its values are in memory.</summary>
internal sealed class StoredDataView(IReadOnlyList<ColumnHeader> headers, ColumnData[] columns, int rows) : IDataView
{
    public bool CanShuffle => true;

    public DataViewSchema Schema { get; } = ColumnHeader.Schema(headers);

    public long? GetRowCount() => rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        int[]? order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, rows)];
            rand.Shuffle(order);
        }

        return new StoredCursor(Schema, columns, [.. columnsNeeded.Select(column => column.Index)], rows, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
