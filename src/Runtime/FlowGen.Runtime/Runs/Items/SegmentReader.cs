using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Reads segments of a collection, checked against its index, by ranged reads of the objects that hold them. Objects that turn out to be compressed cannot be read in part: they are read whole from then on,
/// and the last one stays, since who reads some items mostly wants their neighbours. By one caller at a time.
/// </summary>
internal sealed class SegmentReader(BlobObjects blobs, StoredValue value, ItemIndex index)
{
    private ChunkList? _chunks;
    private bool _isCompressed;
    private (int Chunk, ReadOnlyMemory<byte> Content)? _last;

    /// <summary>The bytes of some segments that follow one another.</summary>
    /// <exception cref="FlowException">They are missing or damaged; the message names the object.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int first, int count, CancellationToken cancel)
    {
        var (offset, length) = (index.OffsetOf(first), (int)(index.OffsetOf(first + count) - index.OffsetOf(first)));
        if (!_isCompressed && await GatherAsync(offset, length, isWhole: false, cancel) is { } part && IsIntact(part, first, count)) return part;
        var checkedPart = await GatherAsync(offset, length, isWhole: true, cancel);
        _isCompressed = value.Bytes is null;
        return checkedPart is { } content && IsIntact(content, first, count) ? content : throw StoreErrors.DamagedObject(blobs.Objects.Location, Key, "its items are not where their index says");
    }

    private string Key => value.Container is { } place ? BlobObjects.Key(place.Hash, place.Generation) : "log";

    private bool IsIntact(ReadOnlyMemory<byte> part, int first, int count)
    {
        var start = index.OffsetOf(first);
        for (var s = first; s < first + count; s++)
            if (Hash256.Of(part.Span[(int)(index.OffsetOf(s) - start)..(int)(index.OffsetOf(s + 1) - start)]) != index.HashOf(s)) return false;
        return true;
    }

    /// <summary>The bytes, from one chunk or several; <c>null</c> if they are not there.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> GatherAsync(long offset, int length, bool isWhole, CancellationToken cancel)
    {
        if (value.Bytes is { } bytes) return bytes.AsMemory((int)offset, length);
        var (chunk, from) = ((int)(offset / ChunkList.ChunkSize), (int)(offset % ChunkList.ChunkSize));
        if (from + (long)length <= ChunkList.ChunkSize) return await PartAsync(chunk, from, length, isWhole, cancel);
        var all = new byte[length];
        for (var done = 0; done < length; (chunk, from) = (chunk + 1, 0))
        {
            var count = Math.Min(length - done, ChunkList.ChunkSize - from);
            if (await PartAsync(chunk, from, count, isWhole, cancel) is not { } part) return null;
            part.CopyTo(all.AsMemory(done));
            done += count;
        }

        return all;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> PartAsync(int chunk, int from, int count, bool isWhole, CancellationToken cancel)
    {
        if (isWhole)
        {
            if (_last?.Chunk != chunk) _last = (chunk, await WholeAsync(chunk, cancel));
            return _last.Value.Content.Slice(from, count);
        }

        var place = value.Container!;
        var hash = value.Size > ChunkList.ChunkSize ? (await ChunksAsync(cancel)).Chunks[chunk] : place.Hash;
        if (await blobs.GetPartAsync(hash, place.Generation, (value.IsBlob ? 0 : value.Offset) + from, count, cancel) is not { } part || part.Length != count) return null;
        return part;
    }

    private async ValueTask<ReadOnlyMemory<byte>> WholeAsync(int chunk, CancellationToken cancel)
    {
        if (!value.IsBlob) return await blobs.GetPackedAsync(value, cancel);
        var generation = value.Container!.Generation;
        if (value.Size <= ChunkList.ChunkSize) return await blobs.GetAsync(value.Hash, generation, value.Size, cancel);
        var list = await ChunksAsync(cancel);
        return await blobs.GetAsync(list.Chunks[chunk], generation, list.LengthOf(chunk), cancel);
    }

    private async ValueTask<ChunkList> ChunksAsync(CancellationToken cancel) => _chunks ??= await blobs.GetChunksAsync(value, cancel);
}
