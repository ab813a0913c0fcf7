using System.Buffers;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>A store at which everybody waits for the turn that the test gives: so it decides the order of all operations.</summary>
internal sealed class TurnStore(IObjectStore inner) : IObjectStore
{
    private readonly List<TaskCompletionSource> _waiting = [];

    public string Location => inner.Location;

    public int Waiting => _waiting.Count;

    /// <summary>Lets one of those that wait do its operation, and go on until the next.</summary>
    public void Give(int turn)
    {
        var chosen = _waiting[turn % _waiting.Count];
        _waiting.Remove(chosen);
        chosen.SetResult();
    }

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => TurnAsync(() => inner.PutIfAbsentAsync(key, content, cancel));
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => TurnAsync(() => inner.GetAsync(key, cancel));
    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => TurnAsync(() => inner.GetRangeAsync(key, offset, length, cancel));
    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => TurnAsync(() => inner.SizeAsync(key, cancel));
    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => TurnAsync(() => inner.AgeAsync(key, cancel));
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(prefix, after, cancel);
    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(prefix, cancel);
    public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => throw new NotSupportedException();
    public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => throw new NotSupportedException();

    private async ValueTask<T> TurnAsync<T>(Func<ValueTask<T>> operation)
    {
        var turn = new TaskCompletionSource();
        _waiting.Add(turn);
        await turn.Task;
        return await operation();
    }
}
