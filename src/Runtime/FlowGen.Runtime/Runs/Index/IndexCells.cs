using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// The cells of an index that are not numbers. A value that travels in its record is here as a binary, without its hash, which is that of its bytes: so an index needs no
/// slot but the first, and readers see the same values, in memory, as from the log.
/// </summary>
internal static class IndexCells
{
    public static FlowTaskStatus ReadStatus(ref MessagePackReader reader, FlowTaskStatus last)
    {
        var status = (FlowTaskStatus)reader.ReadInt32();
        return status >= FlowTaskStatus.Pending && status <= last ? status : throw new FormatException("the state of a task is unknown");
    }

    /// <summary>nil, the origin of a reused result, or an error.</summary>
    public static void WriteDetail(ref MessagePackWriter writer, object? detail)
    {
        if (detail is TaskError error) RecordCodec.Error(ref writer, error);
        else writer.Write(detail as string);
    }

    public static object? ReadDetail(ref MessagePackReader reader) =>
        reader.NextMessagePackType == MessagePackType.Array ? RecordCodec.ReadError(ref reader) : reader.ReadString();

    /// <summary><c>[task, state, attempts, duration, error, task that blocks it]</c>; nil for what there is not.</summary>
    public static void WriteShown(ref MessagePackWriter writer, TaskState task)
    {
        writer.WriteArrayHeader(6);
        RecordCodec.Task(ref writer, task.Address);
        writer.Write((int)task.Status);
        writer.Write(task.Attempts);
        if (task.Duration is { } duration) Wire.Write(ref writer, duration);
        else writer.WriteNil();
        WriteDetail(ref writer, task.Error);
        if (task.BlockedBy is { } cause) RecordCodec.Task(ref writer, cause);
        else writer.WriteNil();
    }

    public static TaskState ReadShown(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 6);
        return new TaskState
        {
            Address = RecordCodec.ReadTask(ref reader),
            Status = ReadStatus(ref reader, FlowTaskStatus.Cancelled),
            Attempts = Wire.ReadIndex(ref reader),
            Duration = reader.TryReadNil() ? null : Wire.ReadDuration(ref reader),
            Error = ReadDetail(ref reader) as TaskError,
            BlockedBy = reader.TryReadNil() ? null : RecordCodec.ReadTask(ref reader),
        };
    }

    public static void WriteOutputs(ref MessagePackWriter writer, ImmutableArray<StoredValue> outputs)
    {
        writer.WriteArrayHeader(outputs.IsDefault ? 0 : outputs.Length);
        if (outputs.IsDefault) return;
        foreach (var output in outputs)
        {
            if (output.Bytes is { } bytes) writer.Write(bytes);
            else StoredValueCodec.Write(ref writer, output, new GroupPacks());
        }
    }

    public static ImmutableArray<StoredValue> ReadOutputs(ref MessagePackReader reader) => Wire.ReadArray(ref reader, static (ref r) =>
        r.NextMessagePackType == MessagePackType.Binary ? StoredValue.Of(Wire.ReadBytes(ref r)) : StoredValueCodec.Read(ref r, []));
}
