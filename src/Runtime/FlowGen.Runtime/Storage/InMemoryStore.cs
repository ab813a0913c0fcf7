using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlowGen.Storage;

/// <summary>A store that lasts as long as this object: for tests, and for flows that nobody wants recorded.</summary>
internal sealed class InMemoryStore(TimeProvider? time = null) : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly SortedList<string, (byte[] Bytes, DateTimeOffset Written)> _objects = new(StringComparer.Ordinal);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public string Location => "memory";

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_objects.TryGetValue(ObjectKey.Check(key), out var found)) return new(ReadBack.IsOwn(found.Bytes, content) ? PutOutcome.Stored : PutOutcome.Exists);
            _objects.Add(key, (content.ToArray(), _time.GetUtcNow()));
            return new(PutOutcome.Stored);
        }
    }

    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_lock) _objects[ObjectKey.Check(key)] = (content.ToArray(), _time.GetUtcNow());
        return default;
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => new(Find(key, cancel) is { } bytes ? (byte[])bytes.Clone() : null);

    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default)
    {
        if (Find(key, cancel) is not { } bytes) return default;
        var start = (int)Math.Min(offset, bytes.Length);
        return new(bytes.AsSpan(start, Math.Min(length, bytes.Length - start)).ToArray());
    }

    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => new(Find(key, cancel)?.LongLength);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ObjectKey.CheckPrefix(prefix);
        cancel.ThrowIfCancellationRequested();
        List<StoredObject> found = [];
        lock (_lock)
        {
            foreach (var (key, (bytes, written)) in _objects)
                if (key.StartsWith(prefix, StringComparison.Ordinal) && (after is null || string.CompareOrdinal(key, after) > 0)) found.Add(new(key, bytes.Length, written));
        }
        foreach (var o in found) yield return o;
        await ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var o in ListAsync(prefix, null, cancel))
            if (o.Key.IndexOf('/', prefix.Length) is >= 0 and var slash) names.Add(o.Key[prefix.Length..slash]);
        foreach (var name in names) yield return name;
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_lock) _objects.Remove(ObjectKey.Check(key));
        return default;
    }

    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_lock) return new(_objects.TryGetValue(ObjectKey.Check(key), out var found) ? _time.GetUtcNow() - found.Written : null);
    }

    private byte[]? Find(string key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_lock) return _objects.TryGetValue(ObjectKey.Check(key), out var found) ? found.Bytes : null;
    }
}
