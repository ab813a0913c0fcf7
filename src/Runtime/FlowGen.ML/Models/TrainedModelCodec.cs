using FlowGen.ML.Columns;
using MessagePack;

namespace FlowGen.ML;

/// <summary>A model with its schema.</summary>
public readonly struct TrainedModelCodec : ICodec<TrainedModel>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TrainedModel value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteMapHeader(2);
        writer.Write("inputSchema");
        DataViewSchemaCodec.Write(ref writer, value.InputSchema);
        writer.Write("transformer");
        TransformerCodec.Write(ref writer, value.Transformer);
    }

    /// <inheritdoc/>
    public static TrainedModel Read(ref MessagePackReader reader)
    {
        if (reader.ReadMapHeader() != 2) throw new ArtifactFormatException("A model has a schema and a transformer.");
        Keys.Expect(ref reader, "inputSchema");
        var schema = DataViewSchemaCodec.Read(ref reader);
        Keys.Expect(ref reader, "transformer");
        return new TrainedModel(TransformerCodec.Read(ref reader), schema);
    }
}
