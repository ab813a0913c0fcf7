using System.Buffers;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>Tasks as eight columns, each a sequence of MessagePack values: what is alike lies together, so it compresses well. Steps and indices grow; times are differences to the row before.</summary>
internal sealed class IndexColumns
{
    private const int Columns = 8;

    private readonly ArrayBufferWriter<byte>[] _columns = [.. Enumerable.Range(0, Columns).Select(_ => new ArrayBufferWriter<byte>())];
    private IndexRow _last = new(0, -1, default);

    public int Rows { get; private set; }

    public int Bytes => _columns.Sum(c => c.WrittenCount);

    public void Add(in IndexRow row)
    {
        Append(0, row, static (ref w, in last, in r) =>
        {
            w.Write(r.Step);
            w.Write(r.Step == last.Step ? r.Position - last.Position : r.Position);
        });
        Append(1, row, static (ref w, in _, in r) => w.Write((int)r.Task.Status));
        Append(2, row, static (ref w, in _, in r) => w.Write(r.Task.Attempts));
        Append(3, row, static (ref w, in _, in r) => w.Write(r.Task.AttemptId));
        Append(4, row, static (ref w, in last, in r) => w.Write(unchecked(r.Task.Started - last.Task.Started)));
        Append(5, row, static (ref w, in _, in r) => w.Write(r.Task.Duration));
        Append(6, row, static (ref w, in _, in r) => IndexCells.WriteDetail(ref w, r.Task.Detail));
        Append(7, row, static (ref w, in _, in r) => IndexCells.WriteOutputs(ref w, r.Task.Outputs));
        _last = row;
        Rows++;
    }

    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(Columns);
        foreach (var column in _columns) writer.Write(column.WrittenSpan);
    }

    public static IndexRow[] Read(ref MessagePackReader reader, int rows)
    {
        Wire.Array(ref reader, Columns);
        MessagePackReader tasks = Column(ref reader, rows), states = Column(ref reader, rows), attempts = Column(ref reader, rows), ids = Column(ref reader, rows),
            starts = Column(ref reader, rows), durations = Column(ref reader, rows), details = Column(ref reader, rows), outputs = Column(ref reader, rows);
        var result = new IndexRow[rows];
        var last = new IndexRow(0, -1, default);
        for (var i = 0; i < rows; i++)
        {
            var (step, position) = (Wire.ReadIndex(ref tasks), Wire.ReadIndex(ref tasks));
            if (step == last.Step) position = checked(position + last.Position);
            if (step < last.Step || (step == last.Step && position <= last.Position)) throw new FormatException("its tasks are not in order");
            var row = new TaskTable.Row
            {
                Status = IndexCells.ReadStatus(ref states, FlowTaskStatus.Failed),
                Attempts = Wire.ReadIndex(ref attempts),
                AttemptId = ids.ReadUInt64(),
                Started = unchecked(starts.ReadInt64() + last.Task.Started),
                Duration = durations.ReadInt64(),
                Detail = IndexCells.ReadDetail(ref details),
                Outputs = IndexCells.ReadOutputs(ref outputs),
            };
            result[i] = last = new IndexRow(step, position, row);
        }
        return tasks.End && states.End && attempts.End && ids.End && starts.End && durations.End && details.End && outputs.End
            ? result
            : throw new FormatException("it has more tasks than it says");
    }

    private static MessagePackReader Column(ref MessagePackReader reader, int rows)
    {
        var column = reader.ReadBytes() ?? throw new FormatException("a column is nil");
        return column.Length >= rows ? new MessagePackReader(column) : throw new FormatException("it has fewer tasks than it says");
    }

    private delegate void Cell(ref MessagePackWriter writer, in IndexRow last, in IndexRow row);

    private void Append(int column, in IndexRow row, Cell write)
    {
        var writer = new MessagePackWriter(_columns[column]);
        write(ref writer, _last, row);
        writer.Flush();
    }
}
