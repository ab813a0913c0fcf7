using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Single objects under <c>blobs/</c>, named by the hash of their content: chunks, values up to 8 MiB, packs (which are never compressed, so that a part can be read), and chunk lists.</summary>
internal sealed class BlobObjects(IObjectStore objects, StoreRetry retry)
{
    public IObjectStore Objects => objects;

    /// <summary>The first byte of the hash comes first, so that folders stay small and buckets spread their load.</summary>
    public static string Key(Hash256 hash, int generation)
    {
        var name = hash.ToString();
        return $"blobs/{generation}/{name.AsSpan(0, 2)}/{name}";
    }

    /// <summary>Puts content unless it is there.</summary>
    public async ValueTask PutAsync(ObjectKind kind, Hash256 hash, int generation, ReadOnlyMemory<byte> content, bool compress, CancellationToken cancel)
    {
        var key = Key(hash, generation);
        if (await IsThereAsync(key, content.Length, cancel)) return;
        var buffer = compress && Compression.IsWorthTrying(content.Span) ? ChunkPool.Rent() : null;
        try
        {
            var compressed = buffer is null ? 0 : Compression.TryCompress(content.Span, buffer);
            var framed = compressed > 0 ? Envelope.Wrap(kind, ObjectEncoding.Zstd, buffer.AsMemory(0, compressed), content.Length) : Envelope.Wrap(kind, content);
            if (await retry.RunAsync(() => objects.PutIfAbsentAsync(key, framed, cancel), cancel) == PutOutcome.Exists && !await IsThereAsync(key, content.Length, cancel))
                throw StoreErrors.DamagedObject(objects.Location, key, "its length is wrong");
        }
        finally
        {
            if (buffer is not null) ChunkPool.Return(buffer);
        }
    }

    /// <summary>Puts a blob unless it is there; its content is asked for only then.</summary>
    public async ValueTask PutAsync(Hash256 hash, int generation, int length, Func<ValueTask<ReadOnlyMemory<byte>>> content, CancellationToken cancel)
    {
        if (!await IsThereAsync(Key(hash, generation), length, cancel)) await PutAsync(ObjectKind.Blob, hash, generation, await content(), compress: true, cancel);
    }

    /// <summary>Whether an object is there that can hold the content of that length.</summary>
    /// <exception cref="FlowException">It is not; the message names it.</exception>
    public async ValueTask CheckAsync(Hash256 hash, int generation, long length, CancellationToken cancel)
    {
        var key = Key(hash, generation);
        if (await retry.RunAsync(() => objects.SizeAsync(key, cancel), cancel) is null) throw StoreErrors.MissingObject(objects.Location, key);
        if (!await IsThereAsync(key, length, cancel)) throw StoreErrors.DamagedObject(objects.Location, key, "its length is wrong");
    }

    /// <summary>The content of an object, checked against its name.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(Hash256 hash, int generation, long length, CancellationToken cancel)
    {
        var content = await OpenAsync(hash, generation, cancel);
        if (content.Length != length) throw StoreErrors.DamagedObject(objects.Location, Key(hash, generation), $"it holds {content.Length} bytes instead of {length}");
        return content;
    }

    private async ValueTask<ReadOnlyMemory<byte>> OpenAsync(Hash256 hash, int generation, CancellationToken cancel)
    {
        var key = Key(hash, generation);
        var bytes = await retry.RunAsync(() => objects.GetAsync(key, cancel), cancel) ?? throw StoreErrors.MissingObject(objects.Location, key);
        var content = Compression.Open(objects.Location, key, ObjectKind.Blob, bytes);
        return Hash256.Of(content.Span) == hash ? content : throw StoreErrors.DamagedObject(objects.Location, key, "its content is not what its name says");
    }

    /// <summary>The same in a buffer of the pool, which the caller returns there.</summary>
    public async ValueTask<(byte[] Buffer, ReadOnlyMemory<byte> Content)> RentAsync(Hash256 hash, int generation, int length, CancellationToken cancel)
    {
        var (key, buffer) = (Key(hash, generation), ChunkPool.Rent());
        try
        {
            var size = await retry.RunAsync(() => objects.GetAsync(key, buffer.AsMemory(), cancel), cancel) ?? throw StoreErrors.MissingObject(objects.Location, key);
            if (size > ChunkPool.Size) throw StoreErrors.DamagedObject(objects.Location, key, "it is longer than any object");
            var content = Envelope.Open(objects.Location, key, ObjectKind.Blob, buffer.AsMemory(0, size), out var encoding, out var declared);
            if (declared != length) throw StoreErrors.DamagedObject(objects.Location, key, $"it holds {declared} bytes instead of {length}");
            if (encoding == ObjectEncoding.Zstd)
            {
                var (compressed, plain) = (buffer, ChunkPool.Rent());
                var done = Compression.TryDecompress(content.Span, plain.AsSpan(0, length));
                (buffer, content) = (plain, plain.AsMemory(0, length));
                ChunkPool.Return(compressed);
                if (!done) throw StoreErrors.DamagedObject(objects.Location, key, "it cannot be decompressed");
            }
            return Hash256.Of(content.Span) == hash ? (buffer, content) : throw StoreErrors.DamagedObject(objects.Location, key, "its content is not what its name says");
        }
        catch
        {
            ChunkPool.Return(buffer);
            throw;
        }
    }

    public async ValueTask<ChunkList> GetChunksAsync(StoredValue value, CancellationToken cancel)
    {
        var key = Key(value.Hash, value.Container!.Generation);
        var bytes = await retry.RunAsync(() => objects.GetAsync(key, cancel), cancel) ?? throw StoreErrors.MissingObject(objects.Location, key);
        var list = Wire.Read(objects.Location, key, Envelope.Open(objects.Location, key, ObjectKind.Chunks, bytes), ChunkList.Decode);
        return list.Identity == value.Hash && list.Length == value.Size ? list : throw StoreErrors.DamagedObject(objects.Location, key, "its content is not what its name says");
    }

    /// <summary>Bytes of an object's content as it is stored, unchecked: fewer where it ends before, and other ones if it is compressed. <c>null</c> if there is no such object.</summary>
    public ValueTask<byte[]?> GetPartAsync(Hash256 hash, int generation, long offset, int count, CancellationToken cancel) =>
        retry.RunAsync(() => objects.GetRangeAsync(Key(hash, generation), Envelope.HeaderSize + offset, count, cancel), cancel);

    /// <summary>A value inside a pack, checked against its hash.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> GetPackedAsync(StoredValue value, CancellationToken cancel)
    {
        var pack = value.Container!;
        var key = Key(pack.Hash, pack.Generation);
        var part = await GetPartAsync(pack.Hash, pack.Generation, value.Offset, (int)value.Size, cancel);
        if (part?.Length == value.Size && Hash256.Of(part) == value.Hash) return part;
        // Damaged, or somebody stored a blob of the same content, compressed, before.
        var content = await OpenAsync(pack.Hash, pack.Generation, cancel);
        if (value.Offset + value.Size <= content.Length)
        {
            var slice = content.Slice(value.Offset, (int)value.Size);
            if (Hash256.Of(slice.Span) == value.Hash) return slice;
        }
        throw StoreErrors.DamagedObject(objects.Location, key, $"the value at {value.Offset} is not what its hash says");
    }

    private async ValueTask<bool> IsThereAsync(string key, long length, CancellationToken cancel)
    {
        if (await retry.RunAsync(() => objects.SizeAsync(key, cancel), cancel) is not (>= Envelope.Overhead and var size)) return false;
        var trailer = await retry.RunAsync(() => objects.GetRangeAsync(key, size - Envelope.TrailerSize, Envelope.TrailerSize, cancel), cancel);
        return Envelope.CouldHold(size, trailer, length);
    }
}
