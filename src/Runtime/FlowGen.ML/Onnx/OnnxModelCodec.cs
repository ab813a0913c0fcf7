using FlowGen.CompilerServices;
using FlowGen.ML.Columns;
using MessagePack;

namespace FlowGen.ML;

/// <summary>An ONNX model: its bytes, and for people what is in them.</summary>
public readonly struct OnnxModelCodec : ICodec<OnnxModel>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, OnnxModel value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteMapHeader(4);
        writer.Write("inputs");
        ArrayCodec<string, StringCodec>.Write(ref writer, [.. value.Inputs]);
        writer.Write("model");
        writer.Write(value.Bytes.Span);
        writer.Write("outputs");
        ArrayCodec<string, StringCodec>.Write(ref writer, [.. value.Outputs]);
        writer.Write("producer");
        StringCodec.Write(ref writer, value.Producer);
    }

    /// <inheritdoc/>
    public static OnnxModel Read(ref MessagePackReader reader)
    {
        if (reader.ReadMapHeader() != 4) throw new ArtifactFormatException("An ONNX model has inputs, the model, outputs and a producer.");
        Keys.Expect(ref reader, "inputs");
        reader.Skip();
        Keys.Expect(ref reader, "model");
        var model = new OnnxModel(ArrayCodec<byte, ByteCodec>.Read(ref reader));
        Keys.Expect(ref reader, "outputs");
        reader.Skip();
        Keys.Expect(ref reader, "producer");
        reader.Skip();
        return model;
    }
}
