using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// The cells of an index that are not numbers. A value that travels in its record is here as a binary, without its hash, which is that of its bytes: so an index needs no
/// slot but the first, and readers see the same values, in memory, as from the log.
/// </summary>
internal static class IndexCells
{
    public static FlowTaskStatus Status(int number, FlowTaskStatus last) =>
        number >= 0 && number <= (int)last ? (FlowTaskStatus)number : throw new FormatException("the state of a task is unknown");

    /// <summary>Of a blocked task its cause, of a skipped one the reason, else nil, the origin of a reused result, or an error.</summary>
    public static void WriteDetail(ref MessagePackWriter writer, in TaskRow task)
    {
        if (task.Detail is TaskError error) RecordCodec.Error(ref writer, error);
        else if (task.Detail is TaskAddress cause) TaskCodec.Write(ref writer, cause);
        else if (task.Detail is SkipReason reason) TaskCodec.Write(ref writer, reason);
        else writer.Write(task.Detail as string);
    }

    public static object? ReadDetail(ref MessagePackReader reader, FlowTaskStatus status) => status switch
    {
        FlowTaskStatus.Blocked => TaskCodec.ReadTask(ref reader),
        FlowTaskStatus.Skipped => TaskCodec.ReadReason(ref reader),
        _ => reader.NextMessagePackType == MessagePackType.Array ? RecordCodec.ReadError(ref reader) : reader.ReadString(),
    };

    /// <summary><c>[task, state, attempts, duration, error, task that blocks it, reason for which it is skipped]</c>; nil for what there is not.</summary>
    public static void WriteShown(ref MessagePackWriter writer, TaskState task)
    {
        writer.WriteArrayHeader(7);
        TaskCodec.WritePath(ref writer, task.Address);
        writer.Write((int)task.Status);
        writer.Write(task.Attempts);
        if (task.Duration is { } duration) Wire.Write(ref writer, duration);
        else writer.WriteNil();
        if (task.Error is { } error) RecordCodec.Error(ref writer, error);
        else writer.WriteNil();
        if (task.BlockedBy is { } cause) TaskCodec.WritePath(ref writer, cause);
        else writer.WriteNil();
        if (task.Skipped is { } reason) TaskCodec.Write(ref writer, reason);
        else writer.WriteNil();
    }

    public static TaskState ReadShown(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 7);
        return new TaskState
        {
            Address = TaskCodec.ReadPath(ref reader),
            Status = Status(reader.ReadInt32(), FlowTaskStatus.Cancelled),
            Attempts = Wire.ReadIndex(ref reader),
            Duration = reader.TryReadNil() ? null : Wire.ReadDuration(ref reader),
            Error = reader.TryReadNil() ? null : RecordCodec.ReadError(ref reader),
            BlockedBy = reader.TryReadNil() ? null : TaskCodec.ReadPath(ref reader),
            Skipped = reader.TryReadNil() ? null : TaskCodec.ReadReason(ref reader),
        };
    }

    public static void WriteOutputs(ref MessagePackWriter writer, ImmutableArray<StoredValue> outputs)
    {
        writer.WriteArrayHeader(outputs.IsDefault ? 0 : outputs.Length);
        if (outputs.IsDefault) return;
        foreach (var output in outputs)
        {
            if (output is { References: null, Items: null, Bytes: { } bytes }) writer.Write(bytes);
            else StoredValueCodec.Write(ref writer, output, new GroupPacks());
        }
    }

    public static ImmutableArray<StoredValue> ReadOutputs(ref MessagePackReader reader) => Wire.ReadArray(ref reader, static (ref r) =>
        r.NextMessagePackType == MessagePackType.Binary ? StoredValue.Of(Wire.ReadBytes(ref r)) : StoredValueCodec.Read(ref r, []));
}
