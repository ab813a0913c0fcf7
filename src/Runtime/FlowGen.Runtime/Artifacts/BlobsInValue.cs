using System.Buffers;

namespace FlowGen.CompilerServices;

/// <summary>The blobs that a codec meets. Codecs run without interruption on one thread: what they write is collected here, what they read is looked up.</summary>
internal static class BlobsInValue
{
    [ThreadStatic] private static Dictionary<Hash256, Blob>? s_written;
    [ThreadStatic] private static IReadOnlyDictionary<Hash256, Blob>? s_known;

    /// <summary>A value begins to be written.</summary>
    public static void Reset() => s_written = null;

    public static void Add(Blob blob) => (s_written ??= []).TryAdd(blob.Content.Hash, blob);

    /// <summary>The blobs of the value that was just written, by identity; <c>null</c> if there were none.</summary>
    public static Dictionary<Hash256, Blob>? Take()
    {
        var written = s_written;
        s_written = null;
        return written;
    }

    public static Blob? Find(Hash256 hash) => s_known?.GetValueOrDefault(hash);

    /// <summary>Reads a value that may refer to some blobs.</summary>
    public static object? Read(Func<ReadOnlySequence<byte>, object?> decode, in ReadOnlySequence<byte> content, IReadOnlyDictionary<Hash256, Blob>? known)
    {
        var outer = s_known;
        s_known = known;
        try
        {
            return decode(content);
        }
        finally
        {
            s_known = outer;
        }
    }
}
