using System.Buffers;
using System.Collections.Immutable;
using FlowGen.Storage;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>
/// A slice as an object: <c>[slice, random id, packs, body]</c>, where the body is a binary, or above 512 KiB a value as in records. The body is <c>[flow, step, generation, parallel, orphan timeout, values,
/// parameters, files, tasks]</c>; each value is there once, and named by its position everywhere else (docs/storage-format.md).
/// </summary>
internal static class SliceCodec
{
    private const int BodyLimit = 512 * 1024;

    /// <summary>Puts a slice; everything that it refers to is in the store before it.</summary>
    public static async ValueTask PutAsync(RunStore store, RunKey run, string slice, SliceContent content, CancellationToken cancel)
    {
        var packs = new GroupPacks();
        var body = Encode(content, packs);
        var placed = await store.Artifacts.PutPacksAsync(packs, cancel);
        var apart = body.Length <= BodyLimit ? null : await store.Artifacts.WriteAsync(new MemoryStream(body), cancel);
        await store.Objects.PutIfAbsentAsync(SliceName.Key(run, slice), Envelope.Wrap(ObjectKind.Slice, Frame(slice, placed, body, apart)), cancel);
        packs.Release(placed);
    }

    /// <exception cref="FlowException">There is no such slice, or it is damaged.</exception>
    public static async ValueTask<SliceContent> GetAsync(IObjectStore objects, ArtifactStore artifacts, RunKey run, string slice, CancellationToken cancel)
    {
        var key = SliceName.Key(run, slice);
        var bytes = await objects.GetAsync(key, cancel) ?? throw StoreErrors.MissingObject(objects.Location, key);
        var (packs, body, apart) = Open(objects.Location, key, bytes);
        var content = body ?? (await artifacts.ReadAsync(apart!, cancel)).ToArray();
        return Wire.Read(objects.Location, key, content, (ref reader) => Decode(ref reader, packs));
    }

    /// <summary>What an object that is a slice or a proposal needs: packs, and values outside of it.</summary>
    public static async ValueTask<(ImmutableArray<Pack> Packs, ImmutableArray<StoredValue> Values)> ReferencesAsync(ArtifactStore artifacts, string key, byte[] bytes, CancellationToken cancel)
    {
        if (key.Contains("/proposals/", StringComparison.Ordinal)) return ProposalCodec.References(artifacts.Location, key, bytes);
        var (packs, body, apart) = Open(artifacts.Location, key, bytes);
        var content = Wire.Read(artifacts.Location, key, body ?? (await artifacts.ReadAsync(apart!, cancel)).ToArray(), (ref reader) => Decode(ref reader, packs));
        var values = content.Parameters.Concat(content.Files.Select(file => file.Content)).Concat(content.Tasks.SelectMany(task => task.Inputs).SelectMany(input => input.Values));
        return ([.. packs], [.. values.Concat(apart is null ? [] : [apart]).Where(value => value.Container is not null || value.References is not null || value.Items is not null)]);
    }

    private static byte[] Frame(string slice, Pack[] packs, byte[] body, StoredValue? apart)
    {
        var frame = new ArrayBufferWriter<byte>(body.Length + 128);
        var writer = new MessagePackWriter(frame);
        writer.WriteArrayHeader(4);
        writer.Write(slice);
        writer.Write(Guid.NewGuid().ToByteArray());
        Wire.Write(ref writer, packs);
        if (apart is null) writer.Write(body);
        else StoredValueCodec.Write(ref writer, apart, new GroupPacks());
        writer.Flush();
        return frame.WrittenSpan.ToArray();
    }

    private static (Pack[] Packs, byte[]? Body, StoredValue? Apart) Open(string store, string key, byte[] bytes) => Wire.Read<(Pack[], byte[]?, StoredValue?)>(store, key, Envelope.Open(store, key, ObjectKind.Slice, bytes), static (ref reader) =>
    {
        Wire.Array(ref reader, 4);
        SliceName.Read(ref reader);
        Wire.ReadGuid(ref reader);
        var packs = Wire.ReadPacks(ref reader);
        return reader.NextMessagePackType == MessagePackType.Array ? (packs, null, StoredValueCodec.Read(ref reader, [])) : (packs, Wire.ReadBytes(ref reader), null);
    });

    private static byte[] Encode(SliceContent content, GroupPacks packs)
    {
        var positions = new ValuePositions(content.Parameters.Concat(content.Files.Select(file => file.Content)).Concat(content.Tasks.SelectMany(task => task.Inputs).SelectMany(input => input.Values)));
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        writer.WriteArrayHeader(9);
        writer.Write(content.FlowPath);
        writer.Write(content.Step);
        writer.Write(content.Generation);
        writer.Write(content.Parallel);
        Wire.Write(ref writer, content.OrphanTimeout);
        writer.WriteArrayHeader(positions.Values.Count);
        foreach (var value in positions.Values) StoredValueCodec.Write(ref writer, value, packs);
        writer.WriteArrayHeader(content.Parameters.Length);
        foreach (var parameter in content.Parameters) writer.Write(positions.Of(parameter));
        writer.WriteArrayHeader(content.Files.Length);
        foreach (var file in content.Files)
        {
            writer.WriteArrayHeader(3);
            writer.Write(file.Parameter);
            writer.Write(file.Position);
            writer.Write(positions.Of(file.Content));
        }
        writer.WriteArrayHeader(content.Tasks.Length);
        foreach (var task in content.Tasks)
        {
            writer.WriteArrayHeader(6);
            RecordCodec.Attempt(ref writer, task.Task, task.Attempt, task.AttemptId);
            writer.Write(task.Name);
            writer.Write(task.IdempotencyKey);
            SliceInputCodec.Write(ref writer, task.Inputs, positions);
        }
        writer.Flush();
        return body.WrittenSpan.ToArray();
    }

    private static SliceContent Decode(ref MessagePackReader reader, Pack[] packs)
    {
        Wire.Array(ref reader, 9);
        var (path, step) = (Wire.ReadString(ref reader), Wire.ReadString(ref reader));
        var (generation, parallel, orphan) = (Wire.ReadIndex(ref reader), Wire.ReadIndex(ref reader), Wire.ReadDuration(ref reader));
        var values = Wire.ReadArray(ref reader, (ref r) => StoredValueCodec.Read(ref r, packs));
        return new SliceContent
        {
            FlowPath = path,
            Step = step,
            Generation = generation,
            Parallel = parallel,
            OrphanTimeout = orphan,
            Parameters = Wire.ReadArray(ref reader, (ref r) => SliceInputCodec.Value(ref r, values)),
            Files = Wire.ReadArray(ref reader, (ref r) =>
            {
                Wire.Array(ref r, 3);
                return new InputFileStored(Wire.ReadIndex(ref r), Wire.ReadIndex(ref r), SliceInputCodec.Value(ref r, values));
            }),
            Tasks = Wire.ReadArray(ref reader, (ref r) =>
            {
                Wire.Array(ref r, 6);
                var (task, attempt, id) = RecordCodec.ReadAttempt(ref r);
                return new SliceTask(task, attempt, id, Wire.ReadString(ref r), Wire.ReadString(ref r), SliceInputCodec.Read(ref r, values));
            }),
        };
    }
}
