using FlowGen.ML.Onnx;

namespace FlowGen.ML;

/// <summary>A model in the format of ONNX. It holds the bytes only, checked to be one: whoever runs it makes a session of them, <c>new InferenceSession(model.ToArray())</c>.</summary>
[ArtifactCodec(typeof(OnnxModelCodec), Shareable = true)]
public sealed class OnnxModel
{
    private readonly byte[] _bytes;

    /// <summary>Copies a model.</summary>
    /// <param name="bytes">A <c>ModelProto</c> of ONNX, as in a file <c>.onnx</c>.</param>
    /// <exception cref="InvalidDataException">They are none; the message says what is wrong where.</exception>
    public OnnxModel(ReadOnlySpan<byte> bytes)
    {
        var model = OnnxReader.Read(bytes);
        (_bytes, IrVersion, Producer, Inputs, Outputs) = (bytes.ToArray(), model.IrVersion, model.Producer, model.Inputs, model.Outputs);
    }

    /// <summary>Version of the format.</summary>
    public long IrVersion { get; }

    /// <summary>Who made it, such as <c>pytorch 2.8.0</c>; empty if it does not say.</summary>
    public string Producer { get; }

    /// <summary>Names of what the graph takes; in old models also of its weights.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Names of what the graph gives.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It holds no model.</exception>
    public static OnnxModel ReadFile(string path) => new(File.ReadAllBytes(path));

    /// <summary>Writes a file.</summary>
    public void WriteFile(string path) => File.WriteAllBytes(path, _bytes);

    /// <inheritdoc/>
    public override string ToString() => $"ONNX model ({string.Join(", ", Inputs)}) -> ({string.Join(", ", Outputs)}), {_bytes.Length} bytes";
}
