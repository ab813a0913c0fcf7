using System.Buffers;

namespace FlowGen.Storage;

/// <summary>Answer of a put-if-absent (C3). "Unknown" never leaves the store: it reads back and sends the same bytes again until it knows, or throws at the store's deadline.</summary>
internal enum PutOutcome
{
    /// <summary>This caller's bytes are in place and durable.</summary>
    Stored,

    /// <summary>Other bytes were there before.</summary>
    Exists,
}

/// <summary>One object in a listing. A listing is no snapshot: only the order of a run's log counts.</summary>
internal readonly record struct StoredObject(string Key, long Size, DateTimeOffset LastModified);

/// <summary>
/// A flat space of immutable objects (but for heartbeats): all that FlowGen needs of a folder or a bucket. Keys follow <see cref="ObjectKey"/>.
/// Every failure of the medium (unreachable, full, read-only, no permission) is a <see cref="FlowException"/> with exit code 4 that names the place and what to do;
/// one that may pass by itself is a <see cref="StoreUnavailableException"/>, and callers try again.
/// </summary>
internal interface IObjectStore
{
    /// <summary>The store as people name it: a folder or a URL.</summary>
    string Location { get; }

    /// <summary>Puts an object that must not exist. Every object that several writers may race for carries its writer's random id in its bytes; equal bytes count as one's own.</summary>
    ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default);

    /// <summary>Puts or replaces an object. Only for heartbeats (H1), so it need not be durable.</summary>
    ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default);

    /// <summary>The object's bytes, or <c>null</c> if there is none.</summary>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default);

    /// <summary>Reads the object into a buffer and tells its length, or <c>null</c> if there is none. One that is longer than the buffer is not read.</summary>
    async ValueTask<int?> GetAsync(string key, Memory<byte> buffer, CancellationToken cancel = default)
    {
        if (await GetAsync(key, cancel) is not { } bytes) return null;
        if (bytes.Length <= buffer.Length) bytes.CopyTo(buffer);
        return bytes.Length;
    }

    /// <summary>Up to <paramref name="length"/> bytes from <paramref name="offset"/> on, or <c>null</c> if there is no such object.</summary>
    ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default);

    /// <summary>The object's length, or <c>null</c> if there is none. An object that was seen here is durable, so that a writer may rely on it instead of putting it again.</summary>
    ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default);

    /// <summary>Objects whose keys start with <paramref name="prefix"/> (which ends with <c>/</c> or is empty), in ordinal order of keys, those after <paramref name="after"/> only.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default);

    /// <summary>The names directly below a prefix (which ends with <c>/</c> or is empty) that have objects below them: without the prefix and the final slash, in ordinal order.</summary>
    IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default);

    /// <summary>Removes an object; no error if there is none.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancel = default);

    /// <summary>How long ago the object was last written, by the store's own clock (H1), or <c>null</c> if there is none.</summary>
    ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default);

    /// <summary>Removes what writers that were killed have left behind, where a store has such things.</summary>
    ValueTask DeleteTemporaryAsync(TimeSpan olderThan, CancellationToken cancel = default) => default;

    /// <summary>Names in the place of the store that are not of its grammar, so that nothing of FlowGen ever sees them (M8).</summary>
    IAsyncEnumerable<string> ListStrangersAsync(CancellationToken cancel = default) => AsyncEnumerable.Empty<string>();
}
