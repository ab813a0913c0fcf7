using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MessagePack;

namespace FlowGen.Runs;

/// <summary>Stores what values refer to: the blobs that step code made before, or took from elsewhere, and the lists of very many.</summary>
internal sealed class ReferenceStore(ArtifactStore artifacts, BlobObjects objects)
{
    /// <summary>Blobs or chunks of another store that are copied at the same time.</summary>
    private const int Parallel = 4;

    /// <summary>Sees to it that blobs can be read from this store, and names them.</summary>
    public async ValueTask<BlobReferences> WriteAsync(IReadOnlyCollection<Blob> blobs, CancellationToken cancel)
    {
        var named = new StoredValue[blobs.Count];
        await EachAsync(blobs, async (blob, i) => named[i] = await BringAsync(blob, cancel), cancel);
        if (named.Length <= BlobReferences.MostInRecord) return new BlobReferences(ImmutableCollectionsMarshal.AsImmutableArray(named), null);

        await EachAsync(named, async (blob, i) => named[i] = await SettleAsync(blob, cancel), cancel);
        var known = ImmutableCollectionsMarshal.AsImmutableArray(named);
        var content = new ArrayBufferWriter<byte>();
        Encode(content, known);
        return new BlobReferences(known, await artifacts.WriteAsync(new MemoryStream(content.WrittenMemory.ToArray(), writable: false), cancel));
    }

    /// <summary>The blobs that a value refers to.</summary>
    public async ValueTask<ImmutableArray<StoredValue>> ReadAsync(BlobReferences references, CancellationToken cancel)
    {
        if (!references.Known.IsDefault) return references.Known;
        var list = references.List!;
        return Wire.Read(artifacts.Location, list.Container is { } at ? BlobObjects.Key(at.Hash, at.Generation) : "log", (await artifacts.ReadAsync(list, cancel)).ToArray(), static (ref reader) => StoredValueCodec.ReadMany(ref reader, []));
    }

    /// <summary>The same blobs, for whoever reads a value that refers to them.</summary>
    public async ValueTask<IReadOnlyDictionary<Hash256, Blob>> OpenAsync(BlobReferences references, CancellationToken cancel) =>
        (await ReadAsync(references, cancel)).ToDictionary(blob => blob.Hash, blob => new Blob(artifacts, blob));

    /// <summary>Whether all objects of a blob are there, with the lengths they should have. Their contents are checked when they are read.</summary>
    /// <exception cref="FlowException">One is missing; the message names it.</exception>
    public async ValueTask CheckAsync(StoredValue blob, CancellationToken cancel)
    {
        if (blob.Bytes is not null) return;
        if (!blob.IsBlob)
        {
            _ = await artifacts.ReadAsync(blob, cancel);
            return;
        }

        var generation = blob.Container!.Generation;
        if (blob.Size <= ChunkList.ChunkSize)
        {
            await objects.CheckAsync(blob.Hash, generation, blob.Size, cancel);
            return;
        }
        var list = await objects.GetChunksAsync(blob, cancel);
        await EachAsync(list.Chunks, async (chunk, i) => await objects.CheckAsync(chunk, generation, list.LengthOf(i), cancel), cancel);
    }

    private async ValueTask<StoredValue> BringAsync(Blob blob, CancellationToken cancel)
    {
        var (from, content) = (blob.Store, blob.Content);
        if (ReferenceEquals(from, artifacts)) return content;
        var copy = content.Bytes is { } bytes ? StoredValue.Of(content.Hash, bytes)
            : content.Size <= ChunkList.ChunkSize ? await CopyAsync(from, content, cancel)
            : await CopyChunksAsync(from, content, cancel);
        blob.MoveTo(artifacts, copy);
        return copy;
    }

    private async ValueTask<StoredValue> CopyAsync(ArtifactStore from, StoredValue content, CancellationToken cancel)
    {
        await objects.PutAsync(content.Hash, artifacts.Generation, (int)content.Size, async () => (await from.ReadAsync(content, cancel)).First, cancel);
        return StoredValue.InBlob(content.Hash, content.Size, artifacts.Generation);
    }

    /// <summary>Chunks that are there already are not even read.</summary>
    private async ValueTask<StoredValue> CopyChunksAsync(ArtifactStore from, StoredValue content, CancellationToken cancel)
    {
        var list = await from.References.ListAsync(content, cancel);
        await EachAsync(list.Chunks, async (chunk, i) => await objects.PutAsync(chunk, artifacts.Generation, list.LengthOf(i),
            () => from.References.ChunkAsync(content, chunk, list.LengthOf(i), cancel), cancel), cancel);
        await objects.PutAsync(Storage.ObjectKind.Chunks, list.Identity, artifacts.Generation, list.Encode(), compress: false, cancel);
        return StoredValue.InBlob(list.Identity, list.Length, artifacts.Generation);
    }

    private ValueTask<ChunkList> ListAsync(StoredValue content, CancellationToken cancel) => objects.GetChunksAsync(content, cancel);

    private ValueTask<ReadOnlyMemory<byte>> ChunkAsync(StoredValue content, Hash256 chunk, int length, CancellationToken cancel) => objects.GetAsync(chunk, content.Container!.Generation, length, cancel);

    /// <summary>Gives a blob that is in memory an object of its own.</summary>
    private async ValueTask<StoredValue> SettleAsync(StoredValue blob, CancellationToken cancel)
    {
        if (blob.Bytes is not { } bytes) return blob;
        await objects.PutAsync(Storage.ObjectKind.Blob, blob.Hash, artifacts.Generation, bytes, compress: true, cancel);
        return StoredValue.InBlob(blob.Hash, blob.Size, artifacts.Generation);
    }

    private static void Encode(ArrayBufferWriter<byte> content, ImmutableArray<StoredValue> known)
    {
        var writer = new MessagePackWriter(content);
        StoredValueCodec.WriteMany(ref writer, known, new GroupPacks());
        writer.Flush();
    }

    private static Task EachAsync<T>(IReadOnlyCollection<T> items, Func<T, int, ValueTask> action, CancellationToken cancel) =>
        items.Count == 1
            ? action(items.First(), 0).AsTask()
            : System.Threading.Tasks.Parallel.ForEachAsync(items.Select((item, i) => (item, i)), new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel }, (entry, _) => action(entry.item, entry.i));
}
