using System.Buffers;
using FlowGen;
using FlowGen.CompilerServices;
using MessagePack;

namespace ML.Tests.Support;

/// <summary>Values through their codecs, called as generated code does.</summary>
internal static class Stored
{
    public static byte[] Bytes<T, TCodec>(T value) where TCodec : struct, ICodec<T>
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        CustomCodec<T, TCodec>.Write(ref writer, value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static T Read<T, TCodec>(byte[] bytes) where TCodec : struct, ICodec<T>
    {
        var reader = new MessagePackReader(bytes);
        return CustomCodec<T, TCodec>.Read(ref reader);
    }

    /// <summary>Writes and reads; what is read must be written alike.</summary>
    public static T RoundTrip<T, TCodec>(T value) where TCodec : struct, ICodec<T>
    {
        var bytes = Bytes<T, TCodec>(value);
        var read = Read<T, TCodec>(bytes);
        Assert.Equal(bytes, Bytes<T, TCodec>(read));
        return read;
    }

    /// <summary>Damaged bytes give a value or the one error that says so; nothing else, and not much memory.</summary>
    public static void CheckDamage<T, TCodec>(byte[] good) where TCodec : struct, ICodec<T>
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var bad = good.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bad = bad[..random.Next(bad.Length)];
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Read<T, TCodec>(bad);
            }
            catch (ArtifactException)
            {
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64_000_000);
        }
    }
}
