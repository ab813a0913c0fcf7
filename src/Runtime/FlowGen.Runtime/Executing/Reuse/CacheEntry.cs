using System.Buffers;
using FlowGen.Runs;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Executing.Reuse;

/// <summary>A result that other runs may take: <c>[run, maker, attempt, id, started, duration, values, marks]</c>, where values are named as in records. Needs nothing of the run that it is from but its blobs.</summary>
/// <param name="Run">The run that put it there.</param>
/// <param name="Maker">The task that made it, as <c>flow/run/task</c>.</param>
/// <param name="Result">What it is.</param>
internal sealed record CacheEntry(RunKey Run, string Maker, TaskSucceeded Result)
{
    public static string Prefix(Hash256 key) => $"cache/{key}/";

    /// <summary>One task of a run puts one entry, however often.</summary>
    public string Key => $"{Prefix(Result.Key!.Value)}{Run.Id}-{Hash256.Of(System.Text.Encoding.UTF8.GetBytes(Maker)).ToString()[..16]}";

    public ReadOnlySequence<byte> Encode()
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteArrayHeader(8);
        writer.Write(Run.ToString());
        writer.Write(Maker);
        writer.Write(Result.Attempt);
        writer.Write(Result.AttemptId);
        Wire.Write(ref writer, Result.Started);
        Wire.Write(ref writer, Result.Duration);
        writer.WriteArrayHeader(Result.Outputs.Length);
        foreach (var output in Result.Outputs) StoredValueCodec.Write(ref writer, output, new GroupPacks());
        writer.Write((byte)Result.Marks);
        writer.Flush();
        return Envelope.Wrap(ObjectKind.CacheEntry, content.WrittenMemory);
    }

    /// <summary>Reads an entry as the result of a task of today.</summary>
    public static CacheEntry Decode(string store, string key, byte[] bytes, TaskAddress task, Hash256 hash) => Wire.Read(store, key, Envelope.Open(store, key, ObjectKind.CacheEntry, bytes), (ref reader) =>
    {
        Wire.Array(ref reader, 8);
        var run = RunKey.Parse(Wire.ReadString(ref reader)) ?? throw new FormatException("the id of a run is malformed");
        var maker = Wire.ReadString(ref reader);
        var (attempt, id, started, duration) = (Wire.ReadIndex(ref reader), reader.ReadUInt64(), Wire.ReadTime(ref reader), Wire.ReadDuration(ref reader));
        var outputs = Wire.ReadArray(ref reader, static (ref r) => StoredValueCodec.Read(ref r, []));
        return new CacheEntry(run, maker, new TaskSucceeded(task, attempt, id, started, duration, outputs, maker, TaskCodec.ReadMarks(ref reader), hash));
    });
}
