namespace FlowGen.Runs;

/// <summary>The blobs that runs need. Safe to use from several threads.</summary>
internal sealed class BlobMarks(ArtifactStore artifacts)
{
    private readonly HashSet<(Hash256 Hash, int Generation)> _marked = [];

    public int Count
    {
        get { lock (_marked) return _marked.Count; }
    }

    public bool Has(Hash256 hash, int generation)
    {
        lock (_marked) return _marked.Contains((hash, generation));
    }

    /// <summary>What was marked; nothing is marked meanwhile.</summary>
    public IEnumerable<(Hash256 Hash, int Generation)> All => _marked;

    public bool Add(Hash256 hash, int generation)
    {
        lock (_marked) return _marked.Add((hash, generation));
    }

    /// <summary>Marks all that a value needs: its blob or pack, its chunks, the index of its items, the blobs that it refers to, and the list of them.</summary>
    /// <exception cref="FlowException">A list cannot be read; the message names it.</exception>
    public async ValueTask AddAsync(StoredValue value, CancellationToken cancel)
    {
        if (value.Container is { } place && Add(place.Hash, place.Generation) && value.IsBlob && value.Size > ChunkList.ChunkSize)
            foreach (var chunk in (await artifacts.ReadChunkListAsync(value, cancel)).Chunks) Add(chunk, place.Generation);
        if (value.Items is { } items) await AddAsync(items, cancel);
        if (value.References is not { } references) return;
        if (references.List is { } list) await AddAsync(list, cancel);
        foreach (var blob in await artifacts.References.ReadAsync(references, cancel)) await AddAsync(blob, cancel);
    }

    /// <summary>Reads the name of a blob; <c>null</c> if a key is none of one.</summary>
    public static (Hash256 Hash, int Generation)? Parse(string key) =>
        key.Split('/') is ["blobs", var generation, var first, { Length: 64 } name] && name.StartsWith(first, StringComparison.Ordinal)
        && int.TryParse(generation, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0 && Hash(name) is { } hash
            ? (hash, number) : null;

    private static Hash256? Hash(string name)
    {
        var bytes = new byte[Hash256.Size];
        return Convert.FromHexString(name, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length ? new Hash256(bytes) : null;
    }
}
