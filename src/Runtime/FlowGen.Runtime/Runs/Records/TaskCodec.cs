using MessagePack;

namespace FlowGen.Runs;

/// <summary>Names of tasks as MessagePack: <c>[step, numbers of the index..., iteration]</c>. No number of an index is negative, so a last one that is tells the iteration: -1 is the first.</summary>
internal static class TaskCodec
{
    public static void Write(ref MessagePackWriter writer, TaskAddress task)
    {
        writer.WriteArrayHeader(1 + task.Index.Count + (task.Iteration < 0 ? 0 : 1));
        writer.Write(task.Step);
        WriteNumbers(ref writer, task.Index, task.Iteration);
    }

    public static TaskAddress ReadTask(ref MessagePackReader reader)
    {
        var length = reader.ReadArrayHeader();
        if (length == 0) throw new FormatException("a task has no step");
        var step = Wire.ReadIndex(ref reader);
        var (index, iteration) = ReadNumbers(ref reader, length - 1);
        return new TaskAddress(step, index, iteration);
    }

    /// <summary>A task of the run's own flow as it is; one in a sub-flow as the list of the tasks from the outermost to itself.</summary>
    public static void WritePath(ref MessagePackWriter writer, TaskAddress task)
    {
        if (task.Outer is null)
        {
            Write(ref writer, task);
            return;
        }

        var path = OuterTask.Path(task.Outer);
        writer.WriteArrayHeader(path.Length + 1);
        foreach (var outer in path) Write(ref writer, outer);
        Write(ref writer, task);
    }

    public static TaskAddress ReadPath(ref MessagePackReader reader)
    {
        var first = reader.CreatePeekReader();
        var length = first.ReadArrayHeader();
        if (length == 0 || first.NextMessagePackType != MessagePackType.Array) return ReadTask(ref reader);
        if (length > GraphDescription.MostFlows) throw new FormatException("a task is in too many sub-flows");
        reader.ReadArrayHeader();
        OuterTask? outer = null;
        for (var left = length; left > 1; left--) outer = new OuterTask(ReadTask(ref reader) with { Outer = outer });
        return ReadTask(ref reader) with { Outer = outer };
    }

    /// <summary>The same without the step.</summary>
    public static void Write(ref MessagePackWriter writer, TaskIndex index, int iteration)
    {
        writer.WriteArrayHeader(index.Count + (iteration < 0 ? 0 : 1));
        WriteNumbers(ref writer, index, iteration);
    }

    public static (TaskIndex Index, int Iteration) ReadIndexAndIteration(ref MessagePackReader reader) => ReadNumbers(ref reader, reader.ReadArrayHeader());

    public static TaskIndex ReadIndex(ref MessagePackReader reader) =>
        ReadIndexAndIteration(ref reader) is (var index, < 0) ? index : throw new FormatException("an index has an iteration");

    public static void Write(ref MessagePackWriter writer, SkipReason reason)
    {
        writer.WriteArrayHeader(2);
        writer.Write(reason.Decision);
        writer.Write(reason.Value);
    }

    public static SkipReason ReadReason(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 2);
        var reason = new SkipReason(Wire.ReadIndex(ref reader), reader.ReadInt32());
        return reason.Value >= -1 ? reason : throw new FormatException("the value of a decision is unknown");
    }

    public static TaskMarks ReadMarks(ref MessagePackReader reader) => Marks(reader.ReadInt32());

    public static TaskMarks Marks(int marks) =>
        (marks & ~(int)(TaskMarks.GoesOn | TaskMarks.StoppedAtMax | TaskMarks.GivenError)) == 0 ? (TaskMarks)marks : throw new FormatException("a mark of a task is unknown");

    private static void WriteNumbers(ref MessagePackWriter writer, TaskIndex index, int iteration)
    {
        for (var i = 0; i < index.Count; i++) writer.Write(index[i]);
        if (iteration >= 0) writer.Write(-1 - iteration);
    }

    private static (TaskIndex, int) ReadNumbers(ref MessagePackReader reader, int count)
    {
        if (count == 0) return (default, -1);
        var first = reader.ReadInt32();
        if (count == 1) return first < 0 ? (default, -1 - first) : (TaskIndex.Of(first), -1);
        if (first < 0) throw new FormatException("a task has a number after its iteration");

        // Each number takes at least one byte, so the count is bounded by the bytes present.
        var numbers = new int[count];
        numbers[0] = first;
        for (var i = 1; i < count; i++)
        {
            if ((numbers[i] = reader.ReadInt32()) < 0 && i < count - 1) throw new FormatException("a task has a number after its iteration");
        }

        return numbers[^1] < 0 ? (TaskIndex.Of(numbers.AsSpan()[..^1]), -1 - numbers[^1]) : (TaskIndex.Of(numbers), -1);
    }
}
