using System.Buffers;
using FlowGen.Storage;

namespace Runtime.Tests.Executing;

/// <summary>A store that does what another one does, until a test changes a part of it.</summary>
internal abstract class ForwardingStore(IObjectStore inner) : IObjectStore
{
    public virtual string Location => inner.Location;
    public virtual ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutIfAbsentAsync(key, content, cancel);
    public virtual ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutAsync(key, content, cancel);
    public virtual ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => inner.GetAsync(key, cancel);
    public virtual ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => inner.GetRangeAsync(key, offset, length, cancel);
    public virtual ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => inner.SizeAsync(key, cancel);
    public virtual IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(prefix, after, cancel);
    public virtual IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(prefix, cancel);
    public virtual ValueTask DeleteAsync(string key, CancellationToken cancel = default) => inner.DeleteAsync(key, cancel);
    public virtual ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => inner.AgeAsync(key, cancel);
}
