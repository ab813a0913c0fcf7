using System.Buffers;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>Tasks as nine columns, each a sequence of MessagePack values: what is alike lies together, so it compresses well. Where a task differs from the one before in the last number of its index only, that difference is all that names it; times are differences too.</summary>
internal sealed class IndexColumns
{
    private const int Columns = 9;

    private readonly ArrayBufferWriter<byte>[] _columns = [.. Enumerable.Range(0, Columns).Select(_ => new ArrayBufferWriter<byte>())];
    private IndexRow _last = new(new TaskAddress(-1), default);

    public int Rows { get; private set; }

    public int Bytes => _columns.Sum(c => c.WrittenCount);

    public void Add(in IndexRow row)
    {
        Append(0, row, static (ref w, in last, in r) =>
        {
            if (IsNext(last.Address, r.Address)) w.Write(r.Address.Index.Last - last.Address.Index.Last);
            else TaskCodec.WritePath(ref w, r.Address);
        });
        Append(1, row, static (ref w, in _, in r) => w.Write((int)r.Task.Status + ((int)r.Task.Marks << 4)));
        Append(2, row, static (ref w, in _, in r) => w.Write(r.Task.Attempts));
        Append(3, row, static (ref w, in _, in r) => w.Write(r.Task.AttemptId));
        Append(4, row, static (ref w, in last, in r) => w.Write(unchecked(r.Task.Started - last.Task.Started)));
        Append(5, row, static (ref w, in _, in r) => w.Write(r.Task.Duration));
        Append(6, row, static (ref w, in _, in r) => IndexCells.WriteDetail(ref w, r.Task));
        Append(7, row, static (ref w, in _, in r) => IndexCells.WriteOutputs(ref w, r.Task.Outputs));
        Append(8, row, static (ref w, in _, in r) =>
        {
            if (r.Task.Key == default) w.WriteNil();
            else Wire.Write(ref w, r.Task.Key);
        });
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
        var columns = reader.ReadArrayHeader();
        // Format version 1 had no keys.
        if (columns is not (Columns or Columns - 1)) throw new FormatException($"it has {columns} columns");
        MessagePackReader tasks = Column(ref reader, rows), states = Column(ref reader, rows), attempts = Column(ref reader, rows), ids = Column(ref reader, rows),
            starts = Column(ref reader, rows), durations = Column(ref reader, rows), details = Column(ref reader, rows), outputs = Column(ref reader, rows);
        var keys = columns == Columns ? Column(ref reader, rows) : default;
        var result = new IndexRow[rows];
        var last = new IndexRow(new TaskAddress(-1), default);
        for (var i = 0; i < rows; i++)
        {
            var address = ReadAddress(ref tasks, last.Address);
            if (i > 0 && address.CompareTo(last.Address) <= 0) throw new FormatException("its tasks are not in order");
            var state = Wire.ReadIndex(ref states);
            var status = IndexCells.Status(state & 15, FlowTaskStatus.Blocked);
            var row = new TaskRow
            {
                Status = status,
                Marks = TaskCodec.Marks(state >> 4),
                Attempts = Wire.ReadIndex(ref attempts),
                AttemptId = ids.ReadUInt64(),
                Started = Wire.Time(unchecked(starts.ReadInt64() + last.Task.Started)),
                Duration = durations.ReadInt64(),
                Detail = IndexCells.ReadDetail(ref details, status),
                Outputs = IndexCells.ReadOutputs(ref outputs),
                Key = columns < Columns || keys.TryReadNil() ? default : Wire.ReadHash(ref keys),
            };
            result[i] = last = new IndexRow(address, row);
        }
        return tasks.End && states.End && attempts.End && ids.End && starts.End && durations.End && details.End && outputs.End && (columns < Columns || keys.End)
            ? result
            : throw new FormatException("it has more tasks than it says");
    }

    private static bool IsNext(TaskAddress last, TaskAddress task) =>
        last.Step == task.Step && last.Outer == task.Outer && last.Iteration < 0 && task.Iteration < 0 && !last.Index.IsEmpty && last.Index.Count == task.Index.Count && last.Index.WithLast(task.Index.Last) == task.Index;

    private static TaskAddress ReadAddress(ref MessagePackReader tasks, TaskAddress last)
    {
        if (tasks.NextMessagePackType == MessagePackType.Array) return TaskCodec.ReadPath(ref tasks);
        var ahead = Wire.ReadIndex(ref tasks);
        if (last.Index.IsEmpty || last.Iteration >= 0) throw new FormatException("a task follows none");
        return last with { Index = last.Index.WithLast(checked(last.Index.Last + ahead)) };
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
