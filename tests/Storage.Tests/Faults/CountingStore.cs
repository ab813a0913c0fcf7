using System.Buffers;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>A store that remembers what was read and listed.</summary>
internal sealed class CountingStore(IObjectStore inner) : IObjectStore
{
    public List<string> Reads { get; } = [];

    /// <summary>Bytes that were read.</summary>
    public long Bytes { get; set; }

    public string Location => inner.Location;

    private string Read(string key)
    {
        lock (Reads) Reads.Add(key);
        return key;
    }

    private async ValueTask<byte[]?> Counted(ValueTask<byte[]?> reading)
    {
        var bytes = await reading;
        lock (Reads) Bytes += bytes?.Length ?? 0;
        return bytes;
    }

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutIfAbsentAsync(key, content, cancel);
    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutAsync(key, content, cancel);
    public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => inner.DeleteAsync(key, cancel);
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => Counted(inner.GetAsync(Read(key), cancel));
    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => Counted(inner.GetRangeAsync(Read(key), offset, length, cancel));
    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => inner.SizeAsync(Read(key), cancel);
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(Read(prefix), after, cancel);
    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(Read(prefix), cancel);
    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => inner.AgeAsync(Read(key), cancel);
}
