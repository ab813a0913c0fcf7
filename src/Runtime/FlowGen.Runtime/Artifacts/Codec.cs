using System.Buffers;
using MessagePack;

namespace FlowGen.CompilerServices;

/// <summary>Entry points to a codec for values that are only known as objects.</summary>
internal static class Codec
{
    public static void Encode<T, TCodec>(IBufferWriter<byte> output, object? value) where TCodec : struct, ICodec<T>
    {
        if (value is null && default(T) is not null) throw Exact.Null(typeof(T));
        Recursion.Reset();
        BlobsInValue.Reset();
        var writer = new MessagePackWriter(output);
        TCodec.Write(ref writer, (T)value!);
        writer.Flush();
    }

    public static T Decode<T, TCodec>(in ReadOnlySequence<byte> content) where TCodec : struct, ICodec<T> => Decode(content, static (ref reader) => TCodec.Read(ref reader));

    /// <summary>Items of a collection that follow one another.</summary>
    public static T[] DecodePart<T, TCodec>(in ReadOnlySequence<byte> content, ItemForm form, int count) where TCodec : struct, ICodec<T> =>
        Decode(content, (ref reader) => Sequence<T, TCodec>.ReadPart(ref reader, form, count));

    private delegate T Reader<T>(ref MessagePackReader reader);

    private static T Decode<T>(in ReadOnlySequence<byte> content, Reader<T> read)
    {
        var reader = new MessagePackReader(content);
        try
        {
            var value = read(ref reader);
            return reader.End ? value : throw new ArtifactFormatException("There are bytes after the end of the value.");
        }
        // Constructors and setters of the user's types see whatever was stored and may refuse it in their own way.
        catch (Exception e) when (e is not (ArtifactException or OutOfMemoryException))
        {
            throw ArtifactPath.Continue(e, new ArtifactFormatException($"The bytes are not a value of type {TypeNames.Of(typeof(T))}: {e.Message}", e));
        }
    }
}
