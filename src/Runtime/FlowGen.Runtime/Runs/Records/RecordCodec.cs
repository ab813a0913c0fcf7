using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// Records as MessagePack arrays: <c>[kind, fields...]</c>. An attempt is <c>task, number, random id</c>.
/// Kinds and lengths are strict: another field or kind needs a new format version, so that no reader ever misses something it should have understood.
/// </summary>
internal static class RecordCodec
{
    /// <summary>Longest message and stack trace that an error keeps: a record must fit into a slot.</summary>
    public const int MaxText = 64 * 1024;

    internal enum Kind { Registered, Epoch, Dimension, Started, AttemptFailed, Succeeded, Failed, Blocked, Logs, Finished, InputFile, Skipped, InSubFlow, SubFlowOpened, Code, Submitted, Released, Dispatched, ProposalsRead, SliceEnded }

    public static void Write(ref MessagePackWriter writer, RunRecord record, GroupPacks packs)
    {
        switch (record)
        {
            case TaskSucceeded r:
                Begin(ref writer, 10, Kind.Succeeded);
                Attempt(ref writer, r.Task, r.Attempt, r.AttemptId);
                Span(ref writer, r.Started, r.Duration);
                writer.WriteArrayHeader(r.Outputs.Length);
                foreach (var output in r.Outputs) StoredValueCodec.Write(ref writer, output, packs);
                writer.Write(r.Origin);
                writer.Write((byte)r.Marks);
                if (r.Key is { } key) Wire.Write(ref writer, key);
                else writer.WriteNil();
                break;
            case TaskStarted r:
                Begin(ref writer, 5, Kind.Started);
                Attempt(ref writer, r.Task, r.Attempt, r.AttemptId);
                Wire.Write(ref writer, r.At);
                break;
            case AttemptFailed r:
                Begin(ref writer, 8, Kind.AttemptFailed);
                Attempt(ref writer, r.Task, r.Attempt, r.AttemptId);
                Span(ref writer, r.Started, r.Duration);
                Error(ref writer, r.Error);
                Wire.Write(ref writer, r.RetryAfter);
                break;
            case TaskFailed r:
                Begin(ref writer, 7, Kind.Failed);
                Attempt(ref writer, r.Task, r.Attempt, r.AttemptId);
                Span(ref writer, r.Started, r.Duration);
                Error(ref writer, r.Error);
                break;
            case TasksBlocked r:
                Begin(ref writer, 4, Kind.Blocked);
                TaskCodec.Write(ref writer, r.First);
                writer.Write(r.Count);
                TaskCodec.Write(ref writer, r.Cause);
                break;
            case TasksSkipped r:
                Begin(ref writer, 4, Kind.Skipped);
                TaskCodec.Write(ref writer, r.First);
                writer.Write(r.Count);
                TaskCodec.Write(ref writer, r.Reason);
                break;
            case DimensionSized r:
                Begin(ref writer, 5, Kind.Dimension);
                writer.Write(r.Dimension);
                TaskCodec.Write(ref writer, r.At, -1);
                writer.Write(r.Width);
                writer.WriteArrayHeader(r.Labels.Length);
                foreach (var label in r.Labels) writer.Write(label);
                break;
            case InSubFlow r:
                Begin(ref writer, 3, Kind.InSubFlow);
                TaskCodec.Write(ref writer, r.Task);
                Write(ref writer, r.Record, packs);
                break;
            case SubFlowOpened r:
                Begin(ref writer, 2, Kind.SubFlowOpened);
                Wire.Write(ref writer, r.Parameters);
                break;
            case LogsWritten r:
                Begin(ref writer, 3, Kind.Logs);
                StoredValueCodec.Write(ref writer, r.Pack, packs);
                writer.WriteArrayHeader(r.Segments.Length);
                foreach (var segment in r.Segments)
                {
                    writer.WriteArrayHeader(4);
                    TaskCodec.Write(ref writer, segment.Task);
                    writer.Write(segment.AttemptId);
                    writer.Write(segment.Offset);
                    writer.Write(segment.Length);
                }
                break;
            case RunRegistered r:
                Begin(ref writer, 2, Kind.Registered);
                ManifestCodec.Write(ref writer, r.Manifest);
                break;
            case EpochStarted r:
                Begin(ref writer, 8, Kind.Epoch);
                writer.Write(r.Epoch);
                writer.Write(r.Driver.Host);
                writer.Write(r.Driver.Boot);
                writer.Write(r.Driver.ProcessId);
                writer.Write(r.Driver.ProcessStart);
                writer.Write(r.Driver.Store);
                Wire.Write(ref writer, r.At);
                break;
            case InputFileStored r:
                Begin(ref writer, 4, Kind.InputFile);
                writer.Write(r.Parameter);
                writer.Write(r.Position);
                StoredValueCodec.Write(ref writer, r.Content, packs);
                break;
            case CodeDescribed r:
                Begin(ref writer, 2, Kind.Code);
                StoredValueCodec.Write(ref writer, r.Text, packs);
                break;
            case RunSubmitted or RunReleased or SliceDispatched or ProposalsRead or SliceEnded:
                EngineRecordCodec.Write(ref writer, record);
                break;
            case RunFinished r:
                Begin(ref writer, 5, Kind.Finished);
                writer.Write(StatusNames.Of(r.Status));
                Span(ref writer, r.Finished, r.Duration);
                writer.Write(Cut(r.Reason));
                break;
            default:
                throw new ArgumentException($"No encoding for {record.GetType().Name}.", nameof(record));
        }
    }

    /// <param name="reader">Stands on the record.</param>
    /// <param name="packs">The packs of its slot.</param>
    /// <param name="slot">Set to leave the outputs of tasks in the slot, whose content the reader reads from its beginning.</param>
    /// <param name="depth">How many sub-flows it is inside of.</param>
    public static RunRecord Read(ref MessagePackReader reader, Pack[] packs, SlotPlace? slot = null, int depth = 0)
    {
        var length = reader.ReadArrayHeader();
        var kind = (Kind)reader.ReadInt32();
        switch (kind, length)
        {
            // Format version 1 had no keys.
            case (Kind.Succeeded, 9 or 10):
            {
                var (task, attempt, id) = ReadAttempt(ref reader);
                var (started, duration) = ReadSpan(ref reader);
                var outputs = Wire.ReadArray(ref reader, (ref r) => StoredValueCodec.Read(ref r, packs, slot));
                var (origin, marks) = (reader.ReadString(), TaskCodec.ReadMarks(ref reader));
                return new TaskSucceeded(task, attempt, id, started, duration, outputs, origin, marks, length < 10 || reader.TryReadNil() ? null : Wire.ReadHash(ref reader));
            }
            case (Kind.Started, 5):
            {
                var (task, attempt, id) = ReadAttempt(ref reader);
                return new TaskStarted(task, attempt, id, Wire.ReadTime(ref reader));
            }
            case (Kind.AttemptFailed, 8):
            {
                var (task, attempt, id) = ReadAttempt(ref reader);
                var (started, duration) = ReadSpan(ref reader);
                return new AttemptFailed(task, attempt, id, started, duration, ReadError(ref reader), Wire.ReadDuration(ref reader));
            }
            case (Kind.Failed, 7):
            {
                var (task, attempt, id) = ReadAttempt(ref reader);
                var (started, duration) = ReadSpan(ref reader);
                return new TaskFailed(task, attempt, id, started, duration, ReadError(ref reader));
            }
            case (Kind.Blocked, 4):
                return new TasksBlocked(TaskCodec.ReadTask(ref reader), ReadCount(ref reader), TaskCodec.ReadTask(ref reader));
            case (Kind.Skipped, 4):
                return new TasksSkipped(TaskCodec.ReadTask(ref reader), ReadCount(ref reader), TaskCodec.ReadReason(ref reader));
            case (Kind.Dimension, 5):
                return new DimensionSized(Wire.ReadIndex(ref reader), TaskCodec.ReadIndex(ref reader), Wire.ReadIndex(ref reader))
                {
                    Labels = Wire.ReadArray(ref reader, static (ref r) => r.ReadString()),
                };
            case (Kind.InSubFlow, 3):
                if (depth == GraphDescription.MostFlows) throw new FormatException("a record is in too many sub-flows");
                return new InSubFlow(TaskCodec.ReadTask(ref reader), Read(ref reader, packs, slot, depth + 1));
            case (Kind.SubFlowOpened, 2):
                return new SubFlowOpened(Wire.ReadHash(ref reader));
            case (Kind.Logs, 3):
                return new LogsWritten(StoredValueCodec.Read(ref reader, packs), Wire.ReadArray(ref reader, ReadSegment));
            case (Kind.Registered, 2):
                return new RunRegistered(ManifestCodec.Read(ref reader));
            case (Kind.Epoch, 8):
                return new EpochStarted(
                    Wire.ReadIndex(ref reader),
                    new DriverProcess(Wire.ReadString(ref reader), Wire.ReadString(ref reader), reader.ReadInt32(), reader.ReadInt64(), Wire.ReadString(ref reader)),
                    Wire.ReadTime(ref reader));
            case (Kind.InputFile, 4):
                return new InputFileStored(Wire.ReadIndex(ref reader), Wire.ReadIndex(ref reader), StoredValueCodec.Read(ref reader, packs));
            case (Kind.Code, 2):
                return new CodeDescribed(StoredValueCodec.Read(ref reader, packs));
            case (Kind.Finished, 5):
                var status = Wire.ReadString(ref reader) switch
                {
                    "succeeded" => RunStatus.Succeeded,
                    "failed" => RunStatus.Failed,
                    "cancelled" => RunStatus.Cancelled,
                    _ => throw new FormatException("the status of a final record is unknown"),
                };
                var (finished, lasted) = ReadSpan(ref reader);
                return new RunFinished(status, finished, lasted, reader.ReadString());
            case (>= Kind.Submitted and <= Kind.SliceEnded, _):
                return EngineRecordCodec.Read(ref reader, kind, length);
            default:
                throw new FormatException($"a record has the unknown kind {(int)kind} or length {length}");
        }
    }

    private static int ReadCount(ref MessagePackReader reader)
    {
        var count = Wire.ReadIndex(ref reader);
        return count > 0 ? count : throw new FormatException("a range has no tasks");
    }

    internal static void Begin(ref MessagePackWriter writer, int length, Kind kind)
    {
        writer.WriteArrayHeader(length);
        writer.Write((int)kind);
    }

    internal static void Attempt(ref MessagePackWriter writer, TaskAddress task, int attempt, ulong id)
    {
        TaskCodec.Write(ref writer, task);
        writer.Write(attempt);
        writer.Write(id);
    }

    internal static (TaskAddress Task, int Attempt, ulong Id) ReadAttempt(ref MessagePackReader reader) => (TaskCodec.ReadTask(ref reader), Wire.ReadIndex(ref reader), reader.ReadUInt64());

    private static void Span(ref MessagePackWriter writer, DateTimeOffset time, TimeSpan duration)
    {
        Wire.Write(ref writer, time);
        Wire.Write(ref writer, duration);
    }

    private static (DateTimeOffset, TimeSpan) ReadSpan(ref MessagePackReader reader) => (Wire.ReadTime(ref reader), Wire.ReadDuration(ref reader));

    public static void Error(ref MessagePackWriter writer, TaskError error)
    {
        writer.WriteArrayHeader(4);
        writer.Write((int)error.Kind);
        writer.Write(Cut(error.Type));
        writer.Write(Cut(error.Message));
        writer.Write(Cut(error.Stack));
    }

    public static TaskError ReadError(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 4);
        var kind = (TaskErrorKind)reader.ReadInt32();
        if (kind is < TaskErrorKind.User or > TaskErrorKind.System) throw new FormatException("the kind of an error is unknown");
        return new TaskError(kind, Wire.ReadString(ref reader), Wire.ReadString(ref reader), reader.ReadString());
    }

    private static LogSegment ReadSegment(ref MessagePackReader reader)
    {
        Wire.Array(ref reader, 4);
        return new LogSegment(TaskCodec.ReadTask(ref reader), reader.ReadUInt64(), Wire.ReadIndex(ref reader), Wire.ReadIndex(ref reader));
    }

    internal static string? Cut(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;
}
