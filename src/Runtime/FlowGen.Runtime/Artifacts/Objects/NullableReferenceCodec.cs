using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>A reference that may be <c>null</c>: nil or the object.</summary>
public readonly struct NullableReferenceCodec<T, TCodec> : ICodec<T?> where T : class where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is null) writer.WriteNil();
        else TCodec.Write(ref writer, value);
    }

    /// <inheritdoc/>
    public static T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : TCodec.Read(ref reader);
}
