using System.Buffers;
using FlowGen.Storage;

namespace Storage.Tests;

internal enum Fault
{
    None,

    /// <summary>The put arrives, its answer does not.</summary>
    LostReply,

    /// <summary>The sender hears nothing; the put arrives while later operations go on.</summary>
    Delayed,

    /// <summary>The put arrives, is answered, and arrives once more later.</summary>
    Duplicated,

    /// <summary>Nothing arrives and nothing is answered.</summary>
    Lost,

    /// <summary>The medium says that it is not there.</summary>
    Unavailable,
}

/// <summary>A store behind a bad network: what happens to the n-th put is told by <paramref name="plan"/>. It answers as C3 demands all the same.</summary>
internal sealed class FaultyStore(IObjectStore inner, Func<int, Fault> plan) : IObjectStore
{
    private readonly Queue<(int Due, string Key, ReadOnlySequence<byte> Content)> _late = [];
    private readonly InstantTime _time = new();
    private int _operations, _puts;

    public string Location => inner.Location;

    /// <summary>Puts that were sent, retries included.</summary>
    public int Puts => _puts;

    public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        var copy = new ReadOnlySequence<byte>(content.ToArray()); // a late put must not see what the caller does to its buffers
        return await ReadBack.ResolveAsync(this, key, content, c => SendAsync(key, copy, c), TimeSpan.FromHours(1), _time, cancel);
    }

    private async ValueTask<PutAnswer> SendAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel)
    {
        await ArriveAsync();
        switch (plan(Interlocked.Increment(ref _puts) - 1))
        {
            case Fault.Unavailable:
                throw new StoreUnavailableException("The test says that the store is away.");
            case Fault.Lost:
                return PutAnswer.Unknown;
            case Fault.Delayed:
                lock (_late) _late.Enqueue((_operations + 3, key, content));
                return PutAnswer.Unknown;
            case Fault.LostReply:
                await PutAsync();
                return PutAnswer.Unknown;
            case Fault.Duplicated:
                lock (_late) _late.Enqueue((_operations + 2, key, content));
                return await PutAsync();
            default:
                return await PutAsync();
        }

        async ValueTask<PutAnswer> PutAsync() => await inner.PutIfAbsentAsync(key, content, cancel) == PutOutcome.Stored ? PutAnswer.Stored : PutAnswer.Exists;
    }

    private async ValueTask ArriveAsync()
    {
        Interlocked.Increment(ref _operations);
        while (TakeLate() is var (key, content)) await inner.PutIfAbsentAsync(key, content);
    }

    private (string Key, ReadOnlySequence<byte> Content)? TakeLate()
    {
        lock (_late)
        {
            if (!_late.TryPeek(out var late) || late.Due > _operations) return null;
            _late.Dequeue();
            return (late.Key, late.Content);
        }
    }

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default)
    {
        await ArriveAsync();
        return await inner.GetAsync(key, cancel);
    }

    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutAsync(key, content, cancel);
    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => inner.GetRangeAsync(key, offset, length, cancel);
    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => inner.SizeAsync(key, cancel);
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(prefix, after, cancel);
    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(prefix, cancel);
    public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => inner.DeleteAsync(key, cancel);
    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => inner.AgeAsync(key, cancel);
}
