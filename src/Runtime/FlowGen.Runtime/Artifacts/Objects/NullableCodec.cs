using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A nullable value: nil or the value.</summary>
public readonly struct NullableCodec<T, TCodec> : ICodec<T?> where T : struct where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is { } present) TCodec.Write(ref writer, present);
        else writer.WriteNil();
    }

    /// <inheritdoc/>
    public static T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : TCodec.Read(ref reader);
}
