using System.Numerics;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Complex"/> as an array of its real and imaginary part.</summary>
public readonly struct ComplexCodec : ICodec<Complex>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Complex value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Real);
        writer.Write(value.Imaginary);
    }

    /// <inheritdoc/>
    public static Complex Read(ref MessagePackReader reader)
    {
        Expect.Array(ref reader, 2);
        return new Complex(reader.ReadDouble(), reader.ReadDouble());
    }
}
