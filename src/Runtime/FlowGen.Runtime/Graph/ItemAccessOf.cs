using System.Buffers;

namespace FlowGen.CompilerServices;

/// <summary>Items of arrays, lists, <see cref="IReadOnlyList{T}"/> and immutable arrays.</summary>
/// <typeparam name="T">Type of an item.</typeparam>
/// <typeparam name="TCodec">Its codec, used to copy items that are not shareable.</typeparam>
public sealed class ItemAccess<T, TCodec> : ItemAccess where TCodec : struct, ICodec<T>
{
    internal override Type Type => typeof(T);

    /// <inheritdoc/>
    public override int Count(object collection) => ((IReadOnlyList<T>)collection).Count;

    /// <inheritdoc/>
    public override object? Item(object collection, int index)
    {
        var item = ((IReadOnlyList<T>)collection)[index];
        if (Shareable) return item;
        var buffer = new ArrayBufferWriter<byte>();
        Codec.Encode<T, TCodec>(buffer, item);
        return BlobsInValue.Read(static content => Codec.Decode<T, TCodec>(content), new ReadOnlySequence<byte>(buffer.WrittenMemory), BlobsInValue.Take());
    }

    /// <inheritdoc/>
    public override void Encode(IBufferWriter<byte> output, object? item) => Codec.Encode<T, TCodec>(output, item);

    internal override void EncodeAt(IBufferWriter<byte> output, object collection, int index) => Codec.Encode<T, TCodec>(output, ((IReadOnlyList<T>)collection)[index]);

    internal override object DecodePart(in ReadOnlySequence<byte> content, ItemForm form, int count) => Codec.DecodePart<T, TCodec>(content, form, count);

    /// <inheritdoc/>
    public override object? Decode(in ReadOnlySequence<byte> content) => Codec.Decode<T, TCodec>(content);
}
