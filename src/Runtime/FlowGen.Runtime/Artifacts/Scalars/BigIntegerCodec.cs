using System.Buffers;
using System.Numerics;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="BigInteger"/> as the bytes of its two's complement, little endian, as few as possible.</summary>
public readonly struct BigIntegerCodec : ICodec<BigInteger>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, BigInteger value) => writer.Write(value.ToByteArray());

    /// <inheritdoc/>
    public static BigInteger Read(ref MessagePackReader reader)
    {
        var bytes = reader.ReadBytes() ?? throw Expect.NotNil("BigInteger");
        return new BigInteger(bytes.ToArray());
    }
}
