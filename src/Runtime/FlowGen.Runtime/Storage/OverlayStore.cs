using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlowGen.Storage;

/// <summary>A store as it would be: shows what another one has, and keeps what is put in memory. For finding out what a run would do.</summary>
internal sealed class OverlayStore(IObjectStore inner, TimeProvider time) : IObjectStore
{
    private readonly InMemoryStore _scratch = new(time);

    public string Location => inner.Location;

    public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        if (await inner.GetAsync(key, cancel) is { } bytes) return ReadBack.IsOwn(bytes, content) ? PutOutcome.Stored : PutOutcome.Exists;
        return await _scratch.PutIfAbsentAsync(key, content, cancel);
    }

    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => _scratch.PutAsync(key, content, cancel);

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => await _scratch.GetAsync(key, cancel) ?? await inner.GetAsync(key, cancel);

    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) =>
        await _scratch.GetRangeAsync(key, offset, length, cancel) ?? await inner.GetRangeAsync(key, offset, length, cancel);

    public async ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => await _scratch.SizeAsync(key, cancel) ?? await inner.SizeAsync(key, cancel);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var all = new SortedDictionary<string, StoredObject>(StringComparer.Ordinal);
        await foreach (var stored in inner.ListAsync(prefix, after, cancel)) all[stored.Key] = stored;
        await foreach (var stored in _scratch.ListAsync(prefix, after, cancel)) all[stored.Key] = stored;
        foreach (var stored in all.Values) yield return stored;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var name in inner.ListFoldersAsync(prefix, cancel)) all.Add(name);
        await foreach (var name in _scratch.ListFoldersAsync(prefix, cancel)) all.Add(name);
        foreach (var name in all) yield return name;
    }

    /// <summary>Only what was put here can be removed.</summary>
    public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => _scratch.DeleteAsync(key, cancel);

    public async ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => await _scratch.AgeAsync(key, cancel) ?? await inner.AgeAsync(key, cancel);
}
