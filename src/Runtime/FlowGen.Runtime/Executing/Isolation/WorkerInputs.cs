using System.Buffers;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Isolation;

/// <summary>The inputs of an attempt as they were captured, with all values in their canonical encodings or as places in the store: what one process writes is what the resolver of another one takes.</summary>
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

    /// <summary>What is written into the request. Values that are not in the store yet travel with it; the worker reads the others.</summary>
    public static async Task<Action<BinaryWriter>> PrepareAsync(FlowDefinition flow, ArtifactStore artifacts, TaskAttempt attempt)
    {
        var definitions = attempt.Definition.Inputs;
        var writes = new List<Action<BinaryWriter>>();
        for (var slot = 0; slot < definitions.Length; slot++)
        {
            var input = definitions[slot];
            var captured = attempt.Inputs[slot] is StoredItems stays
                ? await stays.FindAsync(attempt.Task.Index[attempt.Definition.Scope.IndexOf(input.Dimension)], attempt.CancellationToken).ConfigureAwait(false)
                : attempt.Inputs[slot];
            switch (captured)
            {
                case CapturedGather gather:
                    if (!gather.IsEnough) throw new TooFewSuccessesException(attempt.Step, flow.Artifacts[input.Source].Name, gather);
                    writes.Add(writer => Write(writer, gather));
                    break;
                case CapturedValue value:
                    writes.Add(writer => Write(writer, value));
                    break;
                case StoredValue stored:
                    writes.Add(writer => Write(writer, Kind.Stored, stored));
                    break;
                case var collection when input.Shape == InputShape.Item:
                    var items = flow.Dimensions[input.Dimension].Items;
                    var item = collection is TakenItem taken ? items.Item(taken.Part, taken.Position) : items.Item(collection!, attempt.Task.Index[attempt.Definition.Scope.IndexOf(input.Dimension)]);
                    var encodedItem = await EncodeAsync(buffer => items.Encode(buffer, item)).ConfigureAwait(false);
                    writes.Add(writer => Write(writer, Kind.Item, encodedItem));
                    break;
                case null:
                    writes.Add(static writer => writer.Write((byte)Kind.Nothing));
                    break;
                case var live:
                    var encodedLive = await EncodeAsync(buffer => flow.Artifacts[input.Source].Encode(buffer, live)).ConfigureAwait(false);
                    writes.Add(writer => Write(writer, Kind.Stored, encodedLive));
                    break;
            }
        }

        return writer => writes.ForEach(write => write(writer));

        async ValueTask<StoredValue> EncodeAsync(Action<ArrayBufferWriter<byte>> encode)
        {
            var buffer = new ArrayBufferWriter<byte>();
            encode(buffer);
            var blobs = BlobsInValue.Take();
            var value = StoredValue.Of(buffer.WrittenSpan.ToArray());
            return blobs is null ? value : value.Referring(await artifacts.References.WriteAsync(blobs.Values, attempt.CancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>The captured inputs again, for a resolver.</summary>
    public static object?[] Read(BinaryReader reader, StepDefinition step) => [.. step.Inputs.Select(input => (Kind)reader.ReadByte() switch
    {
        Kind.Item => new CapturedItem(reader.ReadValue()),
        Kind.Stored => reader.ReadValue(),
        Kind.Value => new CapturedValue(reader.ReadInt32(), ReadOutput(reader), reader.ReadIndex(), reader.ReadError()),
        Kind.Gather => ReadGather(reader, input),
        _ => (object?)null,
    })];

    private static void Write(BinaryWriter writer, Kind kind, StoredValue value)
    {
        writer.Write((byte)kind);
        writer.Write(value);
    }

    private static void Write(BinaryWriter writer, CapturedValue value)
    {
        writer.Write((byte)Kind.Value);
        writer.Write(value.Artifact);
        Write(writer, value.Output);
        writer.Write(value.Index);
        writer.Write(value.Error);
    }

    private static void Write(BinaryWriter writer, Output output)
    {
        writer.Write(output.Exists);
        if (output.Stored is { } stored) writer.Write(stored);
    }

    private static Output ReadOutput(BinaryReader reader) => reader.ReadBoolean() ? new Output(reader.ReadValue(), null) : default;

    private static void Write(BinaryWriter writer, CapturedGather gather)
    {
        writer.Write((byte)Kind.Gather);
        writer.Write(gather.Outputs.Length);
        foreach (var output in gather.Outputs) Write(writer, output);
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
