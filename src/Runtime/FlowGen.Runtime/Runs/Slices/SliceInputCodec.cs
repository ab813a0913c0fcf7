using System.Collections.Immutable;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>The inputs of a task, in which values are named by their positions in a list of all (docs/storage-format.md).</summary>
internal static class SliceInputCodec
{
    private enum InputKind { Nothing, Item, Stored, Produced, Gather, Indexed }

    public static void Write(ref MessagePackWriter writer, ImmutableArray<SliceInput> inputs, ValuePositions positions)
    {
        writer.WriteArrayHeader(inputs.Length);
        foreach (var input in inputs) Write(ref writer, input, positions);
    }

    public static ImmutableArray<SliceInput> Read(ref MessagePackReader reader, ImmutableArray<StoredValue> values) => Wire.ReadArray(ref reader, (ref r) => ReadInput(ref r, values));

    private static void Write(ref MessagePackWriter writer, SliceInput input, ValuePositions positions)
    {
        switch (input)
        {
            case ItemInput item:
                Begin(ref writer, 2, InputKind.Item);
                writer.Write(positions.Of(item.Value));
                break;
            case IndexedInput item:
                Begin(ref writer, 3, InputKind.Indexed);
                writer.Write(positions.Of(item.Collection));
                writer.Write(item.Position);
                break;
            case StoredInput stored:
                Begin(ref writer, 2, InputKind.Stored);
                writer.Write(positions.Of(stored.Value));
                break;
            case ProducedInput produced:
                Begin(ref writer, 5, InputKind.Produced);
                writer.Write(produced.Artifact);
                writer.Write(positions.Of(produced.Value));
                TaskCodec.Write(ref writer, produced.Index, -1);
                Write(ref writer, produced.Error);
                break;
            case GatherInput gather:
                Begin(ref writer, 6, InputKind.Gather);
                writer.WriteArrayHeader(gather.Outputs.Length);
                foreach (var output in gather.Outputs) writer.Write(positions.Of(output));
                writer.WriteArrayHeader(gather.Indices.Length);
                foreach (var index in gather.Indices) TaskCodec.Write(ref writer, index, -1);
                writer.WriteArrayHeader(gather.Errors.Length);
                foreach (var error in gather.Errors) Write(ref writer, error);
                writer.Write(gather.Succeeded);
                writer.Write(gather.Failed);
                break;
            default:
                Begin(ref writer, 1, InputKind.Nothing);
                break;
        }
    }

    private static SliceInput ReadInput(ref MessagePackReader reader, ImmutableArray<StoredValue> values)
    {
        var length = reader.ReadArrayHeader();
        return ((InputKind)reader.ReadInt32(), length) switch
        {
            (InputKind.Nothing, 1) => NoInput.Only,
            (InputKind.Item, 2) => new ItemInput(Value(ref reader, values)),
            (InputKind.Indexed, 3) => new IndexedInput(Collection(ref reader, values), Wire.ReadIndex(ref reader)),
            (InputKind.Stored, 2) => new StoredInput(Value(ref reader, values)),
            (InputKind.Produced, 5) => new ProducedInput(Wire.ReadIndex(ref reader), ValueOrNone(ref reader, values), TaskCodec.ReadIndex(ref reader), ReadError(ref reader)),
            (InputKind.Gather, 6) => new GatherInput(
                Wire.ReadArray(ref reader, (ref r) => ValueOrNone(ref r, values)),
                Wire.ReadArray(ref reader, static (ref r) => TaskCodec.ReadIndex(ref r)),
                Wire.ReadArray(ref reader, static (ref r) => ReadError(ref r)),
                Wire.ReadIndex(ref reader),
                Wire.ReadIndex(ref reader)),
            _ => throw new FormatException("an input is of an unknown kind"),
        };
    }

    private static void Begin(ref MessagePackWriter writer, int length, InputKind kind)
    {
        writer.WriteArrayHeader(length);
        writer.Write((int)kind);
    }

    public static StoredValue Value(ref MessagePackReader reader, ImmutableArray<StoredValue> values) => ValueOrNone(ref reader, values) ?? throw new FormatException("a value is missing");

    private static StoredValue Collection(ref MessagePackReader reader, ImmutableArray<StoredValue> values) =>
        Value(ref reader, values) is { Items: not null } value ? value : throw new FormatException("a collection has no index of its items");

    private static StoredValue? ValueOrNone(ref MessagePackReader reader, ImmutableArray<StoredValue> values)
    {
        var position = reader.ReadInt32();
        return position == -1 ? null : position >= 0 && position < values.Length ? values[position] : throw new FormatException("a value is not in the slice");
    }

    private static void Write(ref MessagePackWriter writer, StepError? error)
    {
        if (error is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        writer.Write(error.Task);
        writer.Write(error.Type);
        writer.Write(error.Message);
    }

    private static StepError? ReadError(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null;
        Wire.Array(ref reader, 3);
        return new StepError(Wire.ReadString(ref reader), Wire.ReadString(ref reader), Wire.ReadString(ref reader));
    }
}
