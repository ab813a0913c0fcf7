using System.Buffers;
using System.Text.Json;
using CsCheck;
using FlowGen;
using FlowGen.CompilerServices;

namespace Runtime.Tests.Artifacts;

/// <summary>What every codec must do, checked on generated values.</summary>
internal static class CodecLaws
{
    public static void Hold<T, TCodec>(Gen<T> values, Func<T, T, bool>? equal = null, int iterations = 200) where TCodec : struct, ICodec<T>
    {
        equal ??= EqualityComparer<T>.Default.Equals;
        values.Sample(value => Check<T, TCodec>(value, equal), iter: iterations, threads: 1);
    }

    public static void Check<T, TCodec>(T value, Func<T, T, bool> equal) where TCodec : struct, ICodec<T>
    {
        var bytes = Wire.Encode<T, TCodec>(value);
        foreach (var segment in (int[])[int.MaxValue, 1, 3, 7])
        {
            var read = Codec.Decode<T, TCodec>(Wire.Split(bytes, Math.Min(segment, Math.Max(1, bytes.Length))));
            Assert.True(equal(value, read), $"{value} came back as {read}");
            Assert.Equal(bytes, Wire.Encode<T, TCodec>(read));
        }

        // Every beginning is refused, and so is more than the value.
        var step = Math.Max(1, bytes.Length / 5);
        for (var length = 0; length < bytes.Length; length += step)
            Assert.Throws<ArtifactFormatException>(() => Wire.Decode<T, TCodec>(bytes[..length]));
        Assert.Throws<ArtifactFormatException>(() => Wire.Decode<T, TCodec>([.. bytes, 0xc0]));

        AssertIsJson(bytes);
    }

    private static void AssertIsJson(byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) MessagePackJson.Write(json, Wire.Split(bytes, 5), full: true);
        using var document = JsonDocument.Parse(output.WrittenMemory);
    }
}
