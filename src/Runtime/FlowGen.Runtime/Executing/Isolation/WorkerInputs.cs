using System.Buffers;
using System.Collections.Immutable;
using FlowGen.Runs;
using MessagePack;

namespace FlowGen.Executing.Isolation;

/// <summary>The inputs of an attempt in a message: the values, each once and with its bytes if they are not in the store yet, then the inputs as slices have them.</summary>
internal static class WorkerInputs
{
    public static void Write(this BinaryWriter writer, ImmutableArray<SliceInput> inputs)
    {
        var positions = new ValuePositions(inputs.SelectMany(input => input.Values));
        writer.Write(positions.Values.Count);
        foreach (var value in positions.Values) writer.Write(value);
        var encoded = new ArrayBufferWriter<byte>();
        var encoder = new MessagePackWriter(encoded);
        SliceInputCodec.Write(ref encoder, inputs, positions);
        encoder.Flush();
        writer.WriteBytes(encoded.WrittenSpan);
    }

    public static ImmutableArray<SliceInput> ReadInputs(this BinaryReader reader)
    {
        ImmutableArray<StoredValue> values = [.. reader.ReadMany(static r => r.ReadValue())];
        return Wire.Parse(reader.ReadByteArray(), (ref r) => SliceInputCodec.Read(ref r, values));
    }
}
