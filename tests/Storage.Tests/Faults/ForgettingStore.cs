using System.Buffers;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Lists objects that somebody has removed by the time that they are read.</summary>
internal sealed class ForgettingStore(IObjectStore inner, string part) : IObjectStore
{
    public string Location => inner.Location;

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => key.Contains(part, StringComparison.Ordinal) ? default : inner.GetAsync(key, cancel);

    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => key.Contains(part, StringComparison.Ordinal) ? default : inner.GetRangeAsync(key, offset, length, cancel);

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutIfAbsentAsync(key, content, cancel);

    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutAsync(key, content, cancel);

    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => inner.SizeAsync(key, cancel);

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(prefix, after, cancel);

    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(prefix, cancel);

    public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => inner.DeleteAsync(key, cancel);

    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => inner.AgeAsync(key, cancel);
}
