using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary><see cref="Half"/> as a 32-bit float; a NaN as its 16 bits, since a conversion would change them.</summary>
public readonly struct HalfCodec : ICodec<Half>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Half value)
    {
        if (Half.IsNaN(value)) writer.Write(BitConverter.HalfToUInt16Bits(value));
        else writer.Write((float)value);
    }

    /// <inheritdoc/>
    public static Half Read(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType == MessagePackType.Integer) return BitConverter.UInt16BitsToHalf(reader.ReadUInt16());
        var wide = reader.ReadSingle();
        var value = (Half)wide;
        return (float)value == wide ? value : throw new ArtifactFormatException($"{wide} is not a half-precision number.");
    }
}
