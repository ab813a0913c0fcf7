using System.Buffers;
using System.Collections.Concurrent;
using FlowGen.Storage;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace FlowGen.Runs;

/// <summary>Zstandard at level 1, only where it helps: it reads a sample first and leaves alone what does not shrink by a tenth.</summary>
internal static class Compression
{
    private const int Sample = 64 * 1024;

    private static readonly ConcurrentBag<Compressor> Compressors = [];
    private static readonly ConcurrentBag<Decompressor> Decompressors = [];

    /// <summary>Frames content, compressed if that helps.</summary>
    public static ReadOnlySequence<byte> Wrap(ObjectKind kind, byte[] content)
    {
        var buffer = IsWorthTrying(content) ? new byte[content.Length] : [];
        var length = TryCompress(content, buffer);
        return length > 0 ? Envelope.Wrap(kind, ObjectEncoding.Zstd, buffer.AsMemory(0, length), content.Length) : Envelope.Wrap(kind, content);
    }

    /// <summary>Checks a whole object and gives its content.</summary>
    public static ReadOnlyMemory<byte> Open(string store, string key, ObjectKind kind, byte[] bytes)
    {
        var content = Envelope.Open(store, key, kind, bytes, out var encoding, out var declared);
        if (encoding == ObjectEncoding.Plain) return content;
        var target = GC.AllocateUninitializedArray<byte>(declared);
        return TryDecompress(content.Span, target) ? target : throw StoreErrors.DamagedObject(store, key, "it cannot be decompressed");
    }

    /// <summary>Whether a sample of the content gets smaller.</summary>
    public static bool IsWorthTrying(ReadOnlySpan<byte> content)
    {
        if (content.Length <= 4 * Sample) return true;
        var target = ArrayPool<byte>.Shared.Rent(Sample);
        // Beginnings and ends are often unlike the rest.
        var length = TryCompress(content.Slice(content.Length / 2, Sample), target);
        ArrayPool<byte>.Shared.Return(target);
        return length > 0;
    }

    /// <summary>Compresses into <paramref name="target"/> and tells the length there, or 0 if it does not help.</summary>
    public static int TryCompress(ReadOnlySpan<byte> content, Span<byte> target)
    {
        if (target.IsEmpty) return 0;
        if (!Compressors.TryTake(out var compressor)) compressor = new Compressor(1);
        try
        {
            return Shrinks(compressor, content, target, out var length) ? length : 0;
        }
        finally
        {
            Compressors.Add(compressor);
        }
    }

    /// <summary>Decompresses to exactly the length of <paramref name="target"/>; false if the bytes are no such frame.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        if (!Decompressors.TryTake(out var decompressor))
        {
            decompressor = new Decompressor();
            decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, 23); // 8 MiB: a frame cannot ask for more memory
        }
        try
        {
            return decompressor.TryUnwrap(stored, target, out var length) && length == target.Length;
        }
        catch (ZstdException)
        {
            return false;
        }
        finally
        {
            Decompressors.Add(decompressor);
        }
    }

    private static bool Shrinks(Compressor compressor, ReadOnlySpan<byte> content, Span<byte> target, out int length) =>
        compressor.TryWrap(content, target[..Math.Min(target.Length, content.Length - content.Length / 10)], out length);
}
