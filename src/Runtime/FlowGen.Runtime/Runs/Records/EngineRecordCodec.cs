using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The records of runs whose steps are sent to an engine, as <see cref="RecordCodec"/> has all others.</summary>
internal static class EngineRecordCodec
{
    public static void Write(ref MessagePackWriter writer, RunRecord record)
    {
        switch (record)
        {
            case RunSubmitted r:
                RecordCodec.Begin(ref writer, 6, RecordCodec.Kind.Submitted);
                writer.Write(r.Engine);
                Write(ref writer, r.Settings);
                writer.Write(r.Program);
                writer.Write(r.HasDriverJob);
                Write(ref writer, r.Options);
                break;
            case RunReleased r:
                RecordCodec.Begin(ref writer, 2, RecordCodec.Kind.Released);
                Wire.Write(ref writer, r.At);
                break;
            case SliceDispatched r:
                RecordCodec.Begin(ref writer, 5, RecordCodec.Kind.Dispatched);
                writer.Write(r.Slice);
                writer.Write(r.Job);
                Wire.Write(ref writer, r.At);
                writer.WriteArrayHeader(r.Tasks.Length);
                foreach (var task in r.Tasks)
                {
                    writer.WriteArrayHeader(3);
                    RecordCodec.Attempt(ref writer, task.Task, task.Attempt, task.AttemptId);
                }
                break;
            case ProposalsRead r:
                RecordCodec.Begin(ref writer, 5, RecordCodec.Kind.ProposalsRead);
                writer.Write(r.Slice);
                writer.Write(r.Worker.ToByteArray());
                writer.Write(r.Count);
                writer.Write(r.Host);
                break;
            case SliceEnded r:
                RecordCodec.Begin(ref writer, 6, RecordCodec.Kind.SliceEnded);
                writer.Write(r.Slice);
                Wire.Write(ref writer, r.At);
                writer.Write(RecordCodec.Cut(r.Reason));
                writer.Write(r.Place);
                writer.Write(r.EngineId);
                break;
        }
    }

    /// <param name="reader">Stands behind the kind.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="length">Elements of the record.</param>
    public static RunRecord Read(ref MessagePackReader reader, RecordCodec.Kind kind, int length)
    {
        switch (kind, length)
        {
            case (RecordCodec.Kind.Submitted, 6):
                return new RunSubmitted(Wire.ReadString(ref reader), ReadTexts(ref reader), Wire.ReadString(ref reader), reader.ReadBoolean(), ReadTexts(ref reader));
            case (RecordCodec.Kind.Released, 2):
                return new RunReleased(Wire.ReadTime(ref reader));
            case (RecordCodec.Kind.Dispatched, 5):
                return new SliceDispatched(SliceName.Read(ref reader), Wire.ReadString(ref reader), Wire.ReadTime(ref reader), Wire.ReadArray(ref reader, static (ref r) =>
                {
                    Wire.Array(ref r, 3);
                    var (task, attempt, id) = RecordCodec.ReadAttempt(ref r);
                    return new DispatchedTask(task, attempt, id);
                }));
            case (RecordCodec.Kind.ProposalsRead, 5):
                return new ProposalsRead(SliceName.Read(ref reader), Wire.ReadGuid(ref reader), Wire.ReadIndex(ref reader), Wire.ReadString(ref reader));
            case (RecordCodec.Kind.SliceEnded, 6):
                return new SliceEnded(SliceName.Read(ref reader), Wire.ReadTime(ref reader), reader.ReadString(), reader.ReadString(), reader.ReadString());
            default:
                throw new FormatException($"a record has the unknown kind {(int)kind} or length {length}");
        }
    }

    private static void Write(ref MessagePackWriter writer, ImmutableSortedDictionary<string, string> texts)
    {
        writer.WriteArrayHeader(texts.Count * 2);
        foreach (var (name, value) in texts)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    private static ImmutableSortedDictionary<string, string> ReadTexts(ref MessagePackReader reader)
    {
        var texts = Wire.ReadArray(ref reader, static (ref r) => Wire.ReadString(ref r));
        if (texts.Length % 2 != 0) throw new FormatException("a name has no value");
        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Length; i += 2) read[texts[i]] = texts[i + 1];
        return read.ToImmutable();
    }
}
