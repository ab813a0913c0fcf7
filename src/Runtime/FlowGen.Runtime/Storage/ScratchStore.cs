using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace FlowGen.Storage;

/// <summary>A store in one temporary file, gone with this object or the process: for what is made outside of a run.</summary>
internal sealed class ScratchStore : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, (long Offset, int Length)> _objects = new(StringComparer.Ordinal);
    private readonly Lazy<SafeFileHandle> _file;
    private long _end;

    public ScratchStore() => _file = new(() =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"flowgen-{Path.GetRandomFileName()}.blob");
        return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
    });

    public string Location => Path.GetTempPath();

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        lock (_lock)
        {
            if (!_objects.ContainsKey(ObjectKey.Check(key))) Write(key, content);
        }
        return new(PutOutcome.Stored);
    }

    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        lock (_lock) Write(ObjectKey.Check(key), content);
        return default;
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => GetRangeAsync(key, 0, int.MaxValue, cancel);

    public async ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default)
    {
        if (!_objects.TryGetValue(key, out var place)) return null;
        var start = (int)Math.Min(offset, place.Length);
        var bytes = GC.AllocateUninitializedArray<byte>(Math.Min(length, place.Length - start));
        for (var done = 0; done < bytes.Length;)
        {
            var read = await RandomAccess.ReadAsync(_file.Value, bytes.AsMemory(done), place.Offset + start + done, cancel);
            done += read > 0 ? read : throw new IOException($"The temporary file of a blob in {Location} was cut.");
        }
        return bytes;
    }

    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => new(_objects.TryGetValue(key, out var place) ? place.Length : null);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var (key, place) in _objects.OrderBy(o => o.Key, StringComparer.Ordinal))
            if (key.StartsWith(prefix, StringComparison.Ordinal) && (after is null || string.CompareOrdinal(key, after) > 0)) yield return new(key, place.Length, default);
        await ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        string? last = null;
        await foreach (var o in ListAsync(prefix, null, cancel))
            if (o.Key.IndexOf('/', prefix.Length) is >= 0 and var slash && o.Key[prefix.Length..slash] is var name && name != last) yield return last = name;
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancel = default)
    {
        _objects.TryRemove(key, out _);
        return default;
    }

    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => new(_objects.ContainsKey(key) ? TimeSpan.Zero : null);

    private void Write(string key, ReadOnlySequence<byte> content)
    {
        try
        {
            var at = _end;
            foreach (var part in content)
            {
                RandomAccess.Write(_file.Value, part.Span, at);
                at += part.Length;
            }
            _objects[key] = (_end, (int)content.Length);
            _end = at;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException(StoreErrors.Failed, $"A blob cannot be kept in a temporary file in {Location}: {e.Message}", StoreErrors.ExitCode, e);
        }
    }
}
