using System.Buffers;

namespace FlowGen.CompilerServices;

/// <summary>Reads the items of a collection that is iterated, without reflection.</summary>
public abstract class ItemAccess
{
    /// <summary>Whether items may be handed to several tasks as they are (deeply immutable); otherwise every task gets a copy.</summary>
    public required bool Shareable { get; init; }

    internal abstract Type Type { get; }

    /// <summary>Number of items.</summary>
    /// <param name="collection">The collection, not <c>null</c>.</param>
    public abstract int Count(object collection);

    /// <summary>One item; a copy unless <see cref="Shareable"/>.</summary>
    /// <param name="collection">The collection, not <c>null</c>.</param>
    /// <param name="index">From 0.</param>
    public abstract object? Item(object collection, int index);

    /// <summary>Writes an item in its canonical MessagePack encoding.</summary>
    public abstract void Encode(IBufferWriter<byte> output, object? item);

    /// <summary>Writes the item at a position.</summary>
    internal abstract void EncodeAt(IBufferWriter<byte> output, object collection, int index);

    /// <summary>Reads items of a collection that follow one another, as a collection of their own.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are not so many items of this type.</exception>
    internal abstract object DecodePart(in ReadOnlySequence<byte> content, ItemForm form, int count);

    /// <summary>Reads an item written by <see cref="Encode"/>.</summary>
    /// <exception cref="ArtifactFormatException">The bytes are not a value of this type.</exception>
    public abstract object? Decode(in ReadOnlySequence<byte> content);
}
