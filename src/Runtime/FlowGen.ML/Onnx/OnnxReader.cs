using System.Text;

namespace FlowGen.ML.Onnx;

/// <summary>Looks through a <c>ModelProto</c> without making room for any of it (onnx.proto, version 1).</summary>
internal sealed class OnnxReader
{
    private const int IrVersionField = 1, ProducerField = 2, ProducerVersionField = 3, GraphField = 7;
    private const int GraphInputField = 11, GraphOutputField = 12, NameField = 1;

    public long IrVersion { get; private set; }

    public string Producer { get; private set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    /// <exception cref="InvalidDataException">The bytes are no model.</exception>
    public static OnnxReader Read(ReadOnlySpan<byte> bytes)
    {
        var (model, hasGraph, version) = (new OnnxReader(), false, "");
        var fields = new ProtobufFields(bytes);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case IrVersionField when fields.IsNumber: model.IrVersion = fields.Value; break;
                case ProducerField when fields.IsBytes: model.Producer = Text(fields.Content); break;
                case ProducerVersionField when fields.IsBytes: version = Text(fields.Content); break;
                case GraphField when fields.IsBytes:
                    hasGraph = true;
                    model.ReadGraph(fields.Content);
                    break;
                case IrVersionField or ProducerField or ProducerVersionField or GraphField: throw fields.Wrong($"field {fields.Number} is of another kind than in a model");
            }
        }

        if (bytes.IsEmpty) throw new InvalidDataException("An ONNX model was expected, but there are no bytes.");
        if (!hasGraph || model.IrVersion <= 0) throw fields.Wrong(hasGraph ? "it does not say the version of its format" : "it has no graph");
        if (version.Length > 0) model.Producer = $"{model.Producer} {version}".TrimStart();
        return model;
    }

    private void ReadGraph(ReadOnlySpan<byte> graph)
    {
        var fields = new ProtobufFields(graph);
        while (fields.Next())
        {
            if (fields is { IsBytes: true, Number: GraphInputField }) Inputs.Add(NameOf(fields.Content));
            else if (fields is { IsBytes: true, Number: GraphOutputField }) Outputs.Add(NameOf(fields.Content));
        }
    }

    private static string NameOf(ReadOnlySpan<byte> value)
    {
        var fields = new ProtobufFields(value);
        while (fields.Next())
            if (fields is { IsBytes: true, Number: NameField }) return Text(fields.Content);
        return "";
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
