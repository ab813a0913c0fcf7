using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Stores the chunks of one value while it is still being written: a few at the same time in the background, and when those are busy on the caller's own thread. So the
/// writer is slowed down to what the store takes, memory is bounded, and no thread ever waits for another.
/// </summary>
internal sealed class BlobUpload(BlobObjects blobs, int generation, SemaphoreSlim background, CancellationToken cancel)
{
    private readonly List<Hash256> _hashes = [];
    private readonly List<Task> _running = [];
    private long _length;

    public int Chunks => _hashes.Count;

    /// <summary>Takes a chunk, and its buffer for good.</summary>
    public void Add(byte[] buffer, int length)
    {
        var index = Begin(length);
        if (background.Wait(0, CancellationToken.None)) Start(index, buffer, length);
        else PutAsync(index, buffer, length).GetAwaiter().GetResult();
    }

    /// <summary>The same; waits until the background is free, without a thread.</summary>
    public async ValueTask AddAsync(byte[] buffer, int length)
    {
        var index = Begin(length);
        await background.WaitAsync(cancel);
        Start(index, buffer, length);
    }

    /// <summary>Waits for all chunks, then puts their list.</summary>
    public async ValueTask<StoredValue> CompleteAsync()
    {
        await Task.WhenAll(_running);
        var list = ChunkList.Of(_hashes, _length);
        await blobs.PutAsync(ObjectKind.Chunks, list.Identity, generation, list.Encode(), compress: false, cancel);
        return StoredValue.InBlob(list.Identity, _length, generation);
    }

    private int Begin(int length)
    {
        cancel.ThrowIfCancellationRequested();
        if (_running.Find(t => t.IsFaulted) is { } failed) failed.GetAwaiter().GetResult();
        lock (_hashes) _hashes.Add(default);
        _length += length;
        return _hashes.Count - 1;
    }

    private void Start(int index, byte[] buffer, int length)
    {
        _running.RemoveAll(t => t.IsCompletedSuccessfully);
        _running.Add(Task.Run(async () =>
        {
            try { await PutAsync(index, buffer, length); }
            finally { background.Release(); }
        }, CancellationToken.None));
    }

    private async Task PutAsync(int index, byte[] buffer, int length)
    {
        try
        {
            var hash = Hash256.Of(buffer.AsSpan(0, length));
            lock (_hashes) _hashes[index] = hash;
            await blobs.PutAsync(ObjectKind.Blob, hash, generation, buffer.AsMemory(0, length), compress: true, cancel);
        }
        finally
        {
            ChunkPool.Return(buffer);
        }
    }
}
