using System.Buffers;
using FlowGen.CompilerServices;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Values to stored values and back. Identity is the hash of the encoding. Values up to 1 MiB stay in memory and are stored by the run log, together with the record
/// that names them; bigger ones are in the store, durable, when <c>WriteAsync</c> returns.
/// </summary>
internal sealed class ArtifactStore
{
    /// <summary>Chunks that are hashed, compressed and put at the same time, besides those on the threads of their writers.</summary>
    private const int BackgroundChunks = 4;

    private static readonly SemaphoreSlim Background = new(BackgroundChunks);

    private readonly BlobObjects _blobs;
    private readonly StoreRetry _retry;

    private volatile int _generation;

    public ArtifactStore(IObjectStore objects, TimeProvider time, int generation = 0)
    {
        _generation = generation;
        _retry = new StoreRetry(time, StoreRetry.DefaultTimeout, text => Notice?.Invoke(text));
        _blobs = new BlobObjects(objects, _retry);
        References = new ReferenceStore(this, _blobs);
    }

    /// <summary>The blobs that values refer to.</summary>
    public ReferenceStore References { get; }

    /// <summary>Folder or URL of the store.</summary>
    public string Location => _blobs.Objects.Location;

    /// <summary>Whether another process can open the store.</summary>
    public bool IsShared => _blobs.Objects is not InMemoryStore;

    /// <summary>The gc generation that new blobs go to.</summary>
    public int Generation
    {
        get => _generation;
        internal set => _generation = value;
    }

    /// <summary>How long the store may be out of reach before an operation fails.</summary>
    public TimeSpan StoreTimeout
    {
        get => _retry.Timeout;
        set => _retry.Timeout = value;
    }

    /// <summary>Told when the store cannot be reached, and when it can be again.</summary>
    public Action<string>? Notice { get; set; }

    /// <summary>Stores a value. Done when it returns, up to 1 MiB.</summary>
    /// <exception cref="ArtifactException">The value cannot be encoded.</exception>
    public ValueTask<StoredValue> WriteAsync(ArtifactDefinition artifact, object? value, CancellationToken cancel) => WriteAsync(artifact, value, null, cancel);

    /// <summary>Stores a collection that is iterated; a long one with the index of its items.</summary>
    /// <exception cref="ArtifactException">The value cannot be encoded.</exception>
    public async ValueTask<StoredValue> WriteCollectionAsync(ArtifactDefinition artifact, object? value, CancellationToken cancel)
    {
        ItemIndex? index = null;
        var stored = await WriteAsync(artifact, value, made => index = made, cancel);
        if (index is null) return stored;
        var content = index.Encode();
        return stored.Indexed(content.Length <= StoredValue.PackLimit ? StoredValue.Of(content) : await WriteAsync(new MemoryStream(content, writable: false), cancel));
    }

    private ValueTask<StoredValue> WriteAsync(ArtifactDefinition artifact, object? value, Action<ItemIndex?>? indexed, CancellationToken cancel)
    {
        var writer = new ValueWriter(() => new BlobUpload(_blobs, Generation, Background, cancel));
        try
        {
            if (indexed is null) artifact.Encode(writer, value);
            else indexed(EncodeItems(artifact, value, writer));
            if (BlobsInValue.Take() is { } blobs) return ReferAsync(writer, blobs, cancel);
            if (writer.Upload is null && writer.Rest.Length <= StoredValue.PackLimit)
            {
                var small = StoredValue.Of(writer.Rest.ToArray());
                writer.Dispose();
                return new(small);
            }
        }
        catch
        {
            writer.Dispose();
            throw;
        }
        return CompleteAsync(writer, cancel);
    }

    private static ItemIndex? EncodeItems(ArtifactDefinition artifact, object? value, ValueWriter writer)
    {
        using var items = new ItemRecorder(writer);
        ItemMarks.Await(items);
        try
        {
            artifact.Encode(writer, value);
            return items.Complete();
        }
        finally
        {
            ItemMarks.Await(null);
        }
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="ArtifactFormatException">It is none of this artifact's.</exception>
    public async ValueTask<object?> ReadAsync(ArtifactDefinition artifact, StoredValue value, CancellationToken cancel)
    {
        var content = await ReadAsync(value, cancel);
        if (value.References is not { } references) return artifact.Decode(content);
        return BlobsInValue.Read(bytes => artifact.Decode(bytes), content, await References.OpenAsync(references, cancel));
    }

    /// <summary>Takes content as it is written. Complete it, and release it at last.</summary>
    public BlobWriter CreateBlob(CancellationToken cancel)
    {
        var generation = Generation;
        return new(() => new BlobUpload(_blobs, generation, Background, cancel), (hash, content) => _blobs.PutAsync(ObjectKind.Blob, hash, generation, content, compress: true, cancel), generation);
    }

    /// <summary>Stores the content of a stream as a blob, whatever its size, so that its hash, length and generation are enough to find it.</summary>
    public async ValueTask<StoredValue> WriteAsync(Stream content, CancellationToken cancel)
    {
        var writer = CreateBlob(cancel);
        try
        {
            await writer.CopyFromAsync(content, cancel);
            return await writer.CompleteAsync(room: null);
        }
        finally
        {
            writer.Release();
        }
    }

    /// <summary>Stores an input file as a blob. A file that changes meanwhile is an error.</summary>
    public async ValueTask<StoredValue> WriteFileAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var file = WatchedFile.Open(path);
            var stored = await WriteAsync(file.Content, cancel);
            return file.IsUnchanged(stored.Size)
                ? stored
                : throw new FlowException(StoreErrors.FileChanged, $"The input file {path} changed while it was read. Start the run again when nobody writes to it.", 2);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException(StoreErrors.FileUnreadable, $"The input file {path} cannot be read: {e.Message}", 2, e);
        }
    }

    /// <summary>The bytes of a value, checked against its hash. Above 8 MiB they are read when they are looked at, and an object that is damaged is found then.</summary>
    public async ValueTask<ReadOnlySequence<byte>> ReadAsync(StoredValue value, CancellationToken cancel)
    {
        if (value.Bytes is { } bytes) return new(bytes);
        if (!value.IsBlob) return new(await _blobs.GetPackedAsync(value, cancel));
        var generation = value.Container!.Generation;
        if (value.Size <= ChunkList.ChunkSize) return new(await _blobs.GetAsync(value.Hash, generation, value.Size, cancel));
        return new ChunkedContent(_blobs, await _blobs.GetChunksAsync(value, cancel), generation, cancel).AsSequence();
    }

    /// <summary>Where the items of a collection are that was stored with an index.</summary>
    public async ValueTask<ItemIndex> ReadItemIndexAsync(StoredValue value, CancellationToken cancel)
    {
        var items = value.Items!;
        var key = items.Container is { } place ? BlobObjects.Key(place.Hash, place.Generation) : "log";
        var index = Wire.Read(Location, key, (await ReadAsync(items, cancel)).ToArray(), ItemIndex.Decode);
        return index.Length == value.Size ? index : throw StoreErrors.DamagedObject(Location, key, "it is the index of another collection");
    }

    /// <summary>Reads parts of a collection.</summary>
    public SegmentReader OpenSegments(StoredValue value, ItemIndex index) => new(_blobs, value, index);

    /// <summary>The chunks of a value above 8 MiB.</summary>
    internal ValueTask<ChunkList> ReadChunkListAsync(StoredValue value, CancellationToken cancel) => _blobs.GetChunksAsync(value, cancel);

    /// <summary>A value above 8 MiB, chunk by chunk, in buffers of the pool that belong to the window.</summary>
    public async ValueTask<ChunkWindow<(byte[] Buffer, ReadOnlyMemory<byte> Content)>> OpenChunksAsync(StoredValue value, CancellationToken cancel)
    {
        var (list, generation) = (await _blobs.GetChunksAsync(value, cancel), value.Container!.Generation);
        return new(list.Chunks.Length, behind: 0,
            chunk => Task.Run(async () => await _blobs.RentAsync(list.Chunks[chunk], generation, list.LengthOf(chunk), CancellationToken.None), CancellationToken.None),
            static chunk => ChunkPool.Return(chunk.Buffer));
    }

    /// <summary>The bytes of a value as a stream; it can be read by one thread at a time.</summary>
    public Stream OpenRead(StoredValue value) => new StoredStream(this, value);

    /// <summary>Puts the packs of a group, before their slot.</summary>
    internal async ValueTask<Pack[]> PutPacksAsync(GroupPacks group, CancellationToken cancel)
    {
        if (group.Count == 0) return [];
        var (packs, generation) = (new Pack[group.Count], Generation);
        for (var i = 0; i < packs.Length; i++)
        {
            var content = group.Content(i);
            packs[i] = new Pack(Hash256.Of(content), generation);
            await _blobs.PutAsync(ObjectKind.Blob, packs[i].Hash, generation, content, compress: false, cancel);
        }
        return packs;
    }

    /// <summary>The blobs are in the store, or with the value in memory, before anything can name the value.</summary>
    private async ValueTask<StoredValue> ReferAsync(ValueWriter writer, Dictionary<Hash256, Blob> blobs, CancellationToken cancel)
    {
        var value = writer.Upload is null && writer.Rest.Length <= StoredValue.PackLimit ? StoredValue.Of(writer.Rest.ToArray()) : null;
        if (value is not null) writer.Dispose();
        else value = await CompleteAsync(writer, cancel);
        return value.Referring(await References.WriteAsync(blobs.Values, cancel));
    }

    private async ValueTask<StoredValue> CompleteAsync(ValueWriter writer, CancellationToken cancel)
    {
        using (writer)
        {
            if (writer.Upload is not null) return await writer.Finish().CompleteAsync();
            var (hash, generation) = (Hash256.Of(writer.Rest.Span), Generation);
            await _blobs.PutAsync(ObjectKind.Blob, hash, generation, writer.Rest, compress: true, cancel);
            return StoredValue.InBlob(hash, writer.Rest.Length, generation);
        }
    }
}
