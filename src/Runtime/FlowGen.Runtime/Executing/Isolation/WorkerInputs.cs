using System.Buffers;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Isolation;

/// <summary>The inputs of an attempt as they were captured, with all values as their canonical encodings: what one process writes is what the resolver of another one takes.</summary>
internal static class WorkerInputs
{
    private enum Kind : byte
    {
        Nothing,
        Item,
        Stored,
        Value,
        Gather,
    }

    /// <summary>Reads all values into memory, as not all of them are in the store yet.</summary>
    public static async Task<Action<BinaryWriter>> PrepareAsync(FlowDefinition flow, ArtifactStore artifacts, TaskAttempt attempt)
    {
        var definitions = attempt.Definition.Inputs;
        var writes = new List<Action<BinaryWriter>>();
        for (var slot = 0; slot < definitions.Length; slot++)
        {
            var (input, captured) = (definitions[slot], attempt.Inputs[slot]);
            switch (captured)
            {
                case CapturedGather gather:
                    if (!gather.IsEnough) throw new TooFewSuccessesException(attempt.Step, flow.Artifacts[input.Source].Name, gather);
                    var outputs = new List<Action<BinaryWriter>>();
                    foreach (var output in gather.Outputs) outputs.Add(await OutputAsync(output).ConfigureAwait(false));
                    writes.Add(writer => Write(writer, gather, outputs));
                    break;
                case CapturedValue value:
                    var content = await OutputAsync(value.Output).ConfigureAwait(false);
                    writes.Add(writer =>
                    {
                        writer.Write((byte)Kind.Value);
                        writer.Write(value.Artifact);
                        content(writer);
                        writer.Write(value.Index);
                        writer.Write(value.Error);
                    });
                    break;
                case StoredValue stored:
                    Add(Kind.Stored, stored.Hash, await BytesAsync(stored).ConfigureAwait(false));
                    break;
                case var collection when input.Shape == InputShape.Item:
                    var items = flow.Dimensions[input.Dimension].Items;
                    var buffer = new ArrayBufferWriter<byte>();
                    items.Encode(buffer, items.Item(collection!, attempt.Task.Index[attempt.Definition.Scope.IndexOf(input.Dimension)]));
                    Add(Kind.Item, default, buffer.WrittenSpan.ToArray());
                    break;
                case null:
                    writes.Add(static writer => writer.Write((byte)Kind.Nothing));
                    break;
                case var live:
                    var encoded = new ArrayBufferWriter<byte>();
                    flow.Artifacts[input.Source].Encode(encoded, live);
                    Add(Kind.Stored, Hash256.Of(encoded.WrittenSpan), encoded.WrittenSpan.ToArray());
                    break;
            }
        }

        return writer => writes.ForEach(write => write(writer));

        void Add(Kind kind, Hash256 hash, byte[] bytes) => writes.Add(writer =>
        {
            writer.Write((byte)kind);
            writer.Write(hash);
            writer.WriteBytes(bytes);
        });

        async ValueTask<byte[]> BytesAsync(StoredValue stored) => stored.Bytes ?? (await artifacts.ReadAsync(stored, attempt.CancellationToken).ConfigureAwait(false)).ToArray();

        async ValueTask<Action<BinaryWriter>> OutputAsync(Output output)
        {
            if (output.Stored is not { } stored) return static writer => writer.Write(false);
            var bytes = await BytesAsync(stored).ConfigureAwait(false);
            return writer =>
            {
                writer.Write(true);
                writer.Write(stored.Hash);
                writer.WriteBytes(bytes);
            };
        }
    }

    /// <summary>The captured inputs again, for a resolver.</summary>
    public static object?[] Read(BinaryReader reader, FlowDefinition flow, StepDefinition step) => [.. step.Inputs.Select(input => (Kind)reader.ReadByte() switch
    {
        Kind.Item => ReadItem(reader, flow.Dimensions[input.Dimension].Items),
        Kind.Stored => ReadStored(reader),
        Kind.Value => new CapturedValue(reader.ReadInt32(), ReadOutput(reader), reader.ReadIndex(), reader.ReadError()),
        Kind.Gather => ReadGather(reader, input),
        _ => (object?)null,
    })];

    private static CapturedItem ReadItem(BinaryReader reader, ItemAccess items)
    {
        reader.ReadHash();
        return new CapturedItem(items.Decode(new ReadOnlySequence<byte>(reader.ReadByteArray())));
    }

    private static StoredValue ReadStored(BinaryReader reader) => StoredValue.Of(reader.ReadHash(), reader.ReadByteArray());

    private static Output ReadOutput(BinaryReader reader) => reader.ReadBoolean() ? new Output(ReadStored(reader), null) : default;

    private static void Write(BinaryWriter writer, CapturedGather gather, List<Action<BinaryWriter>> outputs)
    {
        writer.Write((byte)Kind.Gather);
        writer.Write(outputs.Count);
        foreach (var output in outputs) output(writer);
        writer.Write(gather.Indices.Length);
        foreach (var index in gather.Indices) writer.Write(index);
        writer.Write(gather.Errors.Length);
        foreach (var error in gather.Errors) writer.Write(error);
        writer.Write(gather.Succeeded);
        writer.Write(gather.Failed);
    }

    private static CapturedGather ReadGather(BinaryReader reader, InputDefinition input) => new(input, reader.ReadMany(ReadOutput))
    {
        Indices = reader.ReadMany(static r => r.ReadIndex()),
        Errors = reader.ReadMany(static r => r.ReadError()),
        Succeeded = reader.ReadInt32(),
        Failed = reader.ReadInt32(),
    };
}
