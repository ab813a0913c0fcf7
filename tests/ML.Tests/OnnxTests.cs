using System.Text;
using FlowGen.ML;
using ML.Tests.Support;

namespace ML.Tests;

/// <summary>ONNX models are checked to be some, and kept byte for byte.</summary>
public sealed class OnnxTests
{
    /// <summary>y = x, as onnx.proto writes it: version 8, made by "hand 1.0", opset 17.</summary>
    private static readonly byte[] Identity =
    [
        .. Number(1, 8), .. Bytes(2, "hand"), .. Bytes(3, "1.0"),
        .. Bytes(7, [.. Bytes(1, [.. Bytes(1, "x"), .. Bytes(2, "y"), .. Bytes(4, "Identity")]), .. Bytes(2, "graph"), .. Bytes(11, Value("x")), .. Bytes(12, Value("y"))]),
        .. Bytes(8, [.. Bytes(1, ""), .. Number(2, 17)]),
    ];

    [Fact]
    public void RoundTrip_Model_IsTheSame()
    {
        var read = Stored.RoundTrip<OnnxModel, OnnxModelCodec>(new OnnxModel(Identity));

        Assert.Equal(Identity, read.ToArray());
        Assert.Equal((8, "hand 1.0"), (read.IrVersion, read.Producer));
        Assert.Equal(["x"], read.Inputs);
        Assert.Equal(["y"], read.Outputs);
        Assert.Equal($"ONNX model (x) -> (y), {Identity.Length} bytes", read.ToString());
    }

    [Fact]
    public void File_WrittenAndRead_IsTheSame()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("flowgen-onnx-").FullName, "identity.onnx");
        new OnnxModel(Identity).WriteFile(path);

        Assert.Equal(Identity, OnnxModel.ReadFile(path).ToArray());
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    public static TheoryData<byte[], string> Others() => new()
    {
        { [], "An ONNX model was expected, but there are no bytes." },
        { Encoding.UTF8.GetBytes("x,y\n1,2\n"), "These 8 bytes are no ONNX model: field 15 has" },
        { Encoding.ASCII.GetBytes("PK\u0003\u0004 a zip file"), "are no ONNX model: " },
        { Identity[..^1], "are no ONNX model: field 8 has 4 bytes, and 3 are left (at byte " },
        { Number(1, 8), "These 2 bytes are no ONNX model: it has no graph (at byte 2). Give the content of a file .onnx" },
        { Bytes(7, Bytes(2, "graph")), "it does not say the version of its format" },
        { [.. Bytes(1, "8"), .. Bytes(7, [])], "field 1 is of another kind than in a model" },
        { [8, .. Enumerable.Repeat((byte)0xFF, 11)], "a number has more than 64 bits" },
        { [8, 0xFF], "a number ends behind the last byte" },
        { [0], "0 is no field" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Model_OfOtherBytes_SaysWhatIsWrong(byte[] bytes, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => new OnnxModel(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Model_EveryBeginning_IsNoneUnlessItEndsWithTheGraph() =>
        Assert.Equal(Identity.Length - Bytes(8, [.. Bytes(1, ""), .. Number(2, 17)]).Length, Assert.Single(Enumerable.Range(0, Identity.Length), length => IsModel(Identity[..length])));

    private static bool IsModel(byte[] bytes)
    {
        try
        {
            return new OnnxModel(bytes) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[] Value(string name) => Bytes(1, name);

    private static byte[] Number(int field, byte value) => [(byte)(field << 3), value];

    private static byte[] Bytes(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] content) => [(byte)(field << 3 | 2), (byte)content.Length, .. content];
}
