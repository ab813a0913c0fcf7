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

    public static T Decode<T, TCodec>(in ReadOnlySequence<byte> content) where TCodec : struct, ICodec<T>
    {
        var reader = new MessagePackReader(content);
        try
        {
            var value = TCodec.Read(ref reader);
            return reader.End ? value : throw new ArtifactFormatException("There are bytes after the end of the value.");
        }
        // Constructors and setters of the user's types see whatever was stored and may refuse it in their own way.
        catch (Exception e) when (e is not (ArtifactException or OutOfMemoryException))
        {
            throw ArtifactPath.Continue(e, new ArtifactFormatException($"The bytes are not a value of type {TypeNames.Of(typeof(T))}: {e.Message}", e));
        }
    }
}
