namespace FlowGen.Runs;

/// <summary>What would be the hash of content if it was stored: of all of it up to 8 MiB, above that of the list of its chunks' hashes (H10). Holds one chunk.</summary>
internal static class ContentIdentity
{
    /// <param name="head">What comes before the stream.</param>
    /// <param name="content">The rest.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async ValueTask<Hash256> OfAsync(ReadOnlyMemory<byte> head, Stream content, CancellationToken cancel)
    {
        var chunk = new byte[ChunkList.ChunkSize];
        var hashes = new List<Hash256>();
        head.CopyTo(chunk);
        var filled = head.Length;
        do
        {
            filled += await content.ReadAtLeastAsync(chunk.AsMemory(filled), chunk.Length - filled, throwOnEndOfStream: false, cancel);
            if (filled > 0 || hashes.Count == 0) hashes.Add(Hash256.Of(chunk.AsSpan(0, filled)));
            if (filled < chunk.Length) break;
            filled = 0;
        }
        while (true);

        return hashes is [var only] ? only : ChunkList.Of(hashes, 0).Identity;
    }
}
