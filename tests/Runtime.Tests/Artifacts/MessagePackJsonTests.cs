using System.Buffers;
using System.Text;
using System.Text.Json;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Artifacts;

public class MessagePackJsonTests
{
    [Fact]
    public void Scalars_OfEveryKind_BecomeJson()
    {
        Assert.Equal("null", Show([0xc0]));
        Assert.Equal("true", Show<bool, BooleanCodec>(true));
        Assert.Equal("-5", Show<int, Int32Codec>(-5));
        Assert.Equal("-9223372036854775808", Show<long, Int64Codec>(long.MinValue));
        Assert.Equal("18446744073709551615", Show<ulong, UInt64Codec>(ulong.MaxValue));
        Assert.Equal("0.1", Show<float, SingleCodec>(0.1f));
        Assert.Equal("0.1", Show<double, DoubleCodec>(0.1));
        Assert.Equal("\"NaN\"", Show<double, DoubleCodec>(double.NaN));
        Assert.Equal("\"-Infinity\"", Show<float, SingleCodec>(float.NegativeInfinity));
        Assert.Equal("\"text\"", Show<string, StringCodec>("text"));
        Assert.Equal("\"AQI=\"", Show<byte[], ArrayCodec<byte, ByteCodec>>([1, 2]));
        Assert.Equal("{\"extension\":42,\"bytes\":\"AQ==\"}", Show([0xd4, 42, 1]));
        Assert.Equal("\"1970-01-01T00:00:01.0000000Z\"", Show([0xd6, 0xff, 0, 0, 0, 1]));
    }

    [Fact]
    public void Blocks_OfEveryPrimitive_BecomeArrays()
    {
        Assert.Equal("[1,-0,\"NaN\"]", Show<double[], ArrayCodec<double, DoubleCodec>>([1, -0.0, double.NaN]));
        Assert.Equal("[0.1]", Show<float[], ArrayCodec<float, SingleCodec>>([0.1f]));
        Assert.Equal("[1.5]", Show<Half[], ArrayCodec<Half, HalfCodec>>([(Half)1.5]));
        Assert.Equal("[-1,2]", Show<sbyte[], ArrayCodec<sbyte, SByteCodec>>([-1, 2]));
        Assert.Equal("[-1,2]", Show<short[], ArrayCodec<short, Int16Codec>>([-1, 2]));
        Assert.Equal("[65535]", Show<ushort[], ArrayCodec<ushort, UInt16Codec>>([ushort.MaxValue]));
        Assert.Equal("[-1,2]", Show<int[], ArrayCodec<int, Int32Codec>>([-1, 2]));
        Assert.Equal("[4294967295]", Show<uint[], ArrayCodec<uint, UInt32Codec>>([uint.MaxValue]));
        Assert.Equal("[-1,2]", Show<long[], ArrayCodec<long, Int64Codec>>([-1, 2]));
        Assert.Equal("[18446744073709551615]", Show<ulong[], ArrayCodec<ulong, UInt64Codec>>([ulong.MaxValue]));
        Assert.Equal("[\"a\",55296]", Show<char[], ArrayCodec<char, CharCodec>>(['a', '\ud800']));
        Assert.Equal("[true,false]", Show<bool[], ArrayCodec<bool, BooleanCodec>>([true, false]));
    }

    [Fact]
    public void Maps_ByTypeOfKey_BecomeObjectsOrPairs()
    {
        Assert.Equal("{\"a\":1,\"b\":2}", Show<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(new() { ["b"] = 2, ["a"] = 1 }));
        Assert.Equal("[[1,\"x\"],[2,\"y\"]]", Show<Dictionary<int, string>, DictionaryCodec<int, Int32Codec, string, StringCodec>>(new() { [2] = "y", [1] = "x" }));
    }

    [Fact]
    public void LongValues_UnlessFull_SayWhatIsLeftOut()
    {
        var numbers = Enumerable.Range(0, 1000).ToArray();
        var words = Enumerable.Range(0, 12).Select(i => $"{i}").ToArray();
        Assert.Equal("[0,1,2,3,4,5,6,7,8,9,\"… 990 more\"]", Show<int[], ArrayCodec<int, Int32Codec>>(numbers));
        Assert.Equal("[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"… 2 more\"]", Show<string[], ArrayCodec<string, StringCodec>>(words));
        Assert.EndsWith("… 4 more characters\"", Show<string, StringCodec>(new string('x', 4100)), StringComparison.Ordinal);
        Assert.EndsWith("… 52 more bytes\"", Show<byte[], ArrayCodec<byte, ByteCodec>>(new byte[100]), StringComparison.Ordinal);
        Assert.Equal($"[{string.Join(',', numbers)}]", Show<int[], ArrayCodec<int, Int32Codec>>(numbers, full: true));
        Assert.EndsWith("\"…\":\"… 20 more\"}",
            Show<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>(numbers.Take(120).ToDictionary(i => $"{i}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_BeyondTheLimit_IsCutWithoutFailing()
    {
        var bytes = Enumerable.Repeat((byte)0x91, 100_000).Append((byte)1).ToArray();
        Assert.Contains("[\"…\"]", Show(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { }), InlineData(new byte[] { 0xc1 }), InlineData(new byte[] { 0x92, 1 }), InlineData(new byte[] { 1, 1 })]
    [InlineData(new byte[] { 0xa2, 0xc3, 0x28 }), InlineData(new byte[] { 0xdd, 255, 255, 255, 255 }), InlineData(new byte[] { 0xd5, 10, 1, 2 })]
    public void Bytes_ThatAreNotOneValue_AreRefused(byte[] bytes) => Assert.Throws<ArtifactFormatException>(() => Show(bytes));

    private static string Show<T, TCodec>(T value, bool full = false) where TCodec : struct, ICodec<T> => Show(Wire.Encode<T, TCodec>(value), full);

    private static string Show(byte[] bytes, bool full = false)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            MessagePackJson.Write(json, Wire.Split(bytes, 3), full);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
