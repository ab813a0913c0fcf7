using System.Buffers;

namespace FlowGen.CompilerServices;

/// <summary>An artifact of a known type and codec.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
/// <typeparam name="TCodec">Their codec.</typeparam>
public sealed class ArtifactDefinition<T, TCodec> : ArtifactDefinition where TCodec : struct, ICodec<T>
{
    internal override Type Type => typeof(T);

    /// <inheritdoc/>
    public override void Encode(IBufferWriter<byte> output, object? value) => Codec.Encode<T, TCodec>(output, value);

    /// <inheritdoc/>
    public override object? Decode(in ReadOnlySequence<byte> content) => Codec.Decode<T, TCodec>(content);
}
