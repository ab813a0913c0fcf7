using System.Buffers;
using FlowGen;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>A store whose user is killed: after <paramref name="puts"/> puts nothing arrives any more, not even a call that deletes.</summary>
internal sealed class CrashingStore(IObjectStore inner, int puts) : IObjectStore
{
    private int _puts;

    public string Location => inner.Location;

    public bool HasCrashed => Volatile.Read(ref _puts) > puts;

    private void Put()
    {
        if (Interlocked.Increment(ref _puts) > puts) throw new FlowException("FG1109", "Killed.", 4);
    }

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        Put();
        return inner.PutIfAbsentAsync(key, content, cancel);
    }

    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        Put();
        return inner.PutAsync(key, content, cancel);
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => HasCrashed ? default : inner.DeleteAsync(key, cancel);
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => inner.GetAsync(key, cancel);
    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => inner.GetRangeAsync(key, offset, length, cancel);
    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => inner.SizeAsync(key, cancel);
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(prefix, after, cancel);
    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(prefix, cancel);
    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => inner.AgeAsync(key, cancel);
}
