using System.Buffers;
using FlowGen;
using FlowGen.Storage;
using Storage.Tests;

namespace Resilience.Tests.Faults;

/// <summary>A store that counts every operation, and lets one of them go wrong.</summary>
/// <param name="inner">The store.</param>
/// <param name="at">Number of that operation, from 1.</param>
/// <param name="trouble">What happens to it.</param>
/// <param name="time">The clock on which a slow operation is waited for.</param>
internal sealed class NumberedStore(IObjectStore inner, int at, Trouble trouble, TimeProvider? time = null) : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly List<string> _put = [];
    private (int Due, string Key, ReadOnlySequence<byte> Content)? _late;
    private int _operations;
    private bool _dead;

    public string Location => inner.Location;

    /// <summary>How many there were.</summary>
    public int Operations => Volatile.Read(ref _operations);

    /// <summary>What goes on while the process is asleep.</summary>
    public Func<Task> Meanwhile { get; init; } = static () => Task.CompletedTask;

    /// <summary>Whether the operation came to be.</summary>
    public bool WasHit => Volatile.Read(ref _operations) >= at;

    /// <summary>The error that a killed process never sees.</summary>
    public static bool IsKill(Exception e) => e is FlowException { Message: "killed" } || e.InnerException is { } inner && IsKill(inner);

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        var copy = new ReadOnlySequence<byte>(content.ToArray()); // a late put must not see what the caller does to its buffers
        return DoAsync(key, async isHit =>
        {
            var sent = 0;
            var outcome = isHit && trouble is Trouble.LostReply or Trouble.Delayed ? await ReadBack.ResolveAsync(this, key, copy, SendAsync, TimeSpan.FromHours(1), new InstantTime(), cancel) : await inner.PutIfAbsentAsync(key, copy, cancel);
            lock (_lock) _put.Add(key);
            if (isHit && trouble == Trouble.Duplicated) SetLate(key, copy);
            return outcome;

            async ValueTask<PutAnswer> SendAsync(CancellationToken c)
            {
                if (++sent > 1) return await inner.PutIfAbsentAsync(key, copy, c) == PutOutcome.Stored ? PutAnswer.Stored : PutAnswer.Exists;
                if (trouble == Trouble.Delayed) SetLate(key, copy);
                else await inner.PutIfAbsentAsync(key, copy, c);
                return PutAnswer.Unknown;
            }
        });
    }

    public async ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => await DoAsync(key, async _ =>
    {
        await inner.PutAsync(key, content, cancel);
        return true;
    });

    public async ValueTask DeleteAsync(string key, CancellationToken cancel = default) => await DoAsync(key, async _ =>
    {
        await inner.DeleteAsync(key, cancel);
        return true;
    });

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => DoAsync(key, async isHit => Half(isHit, await inner.GetAsync(key, cancel)));
    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => DoAsync(key, async isHit => Half(isHit, await inner.GetRangeAsync(key, offset, length, cancel)));
    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => DoAsync(key, _ => inner.SizeAsync(key, cancel));
    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => DoAsync(key, _ => inner.AgeAsync(key, cancel));

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) =>
        ListAsync(prefix, () => inner.ListAsync(prefix, after, cancel), static found => found.Key);

    public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) =>
        ListAsync(prefix, () => inner.ListFoldersAsync(prefix, cancel), name => prefix + name + "/");

    private async IAsyncEnumerable<T> ListAsync<T>(string prefix, Func<IAsyncEnumerable<T>> list, Func<T, string> key)
    {
        var all = await DoAsync(prefix, async isHit =>
        {
            var found = await list().ToListAsync();
            string? last;
            lock (_lock) last = _put.FindLast(put => put.StartsWith(prefix, StringComparison.Ordinal));
            if (isHit && trouble == Trouble.StaleList && last is not null) found.RemoveAll(item => last.StartsWith(key(item), StringComparison.Ordinal));
            return found;
        });
        foreach (var item in all) yield return item;
    }

    private byte[]? Half(bool isHit, byte[]? bytes) => isHit && trouble == Trouble.Partial && bytes is not null ? bytes[..(bytes.Length / 2)] : bytes;

    private void SetLate(string key, ReadOnlySequence<byte> content)
    {
        lock (_lock) _late = (_operations + 3, key, content);
    }

    private async ValueTask<T> DoAsync<T>(string key, Func<bool, ValueTask<T>> operation)
    {
        var number = Interlocked.Increment(ref _operations);
        if (Volatile.Read(ref _dead)) throw Kill();
        (string Key, ReadOnlySequence<byte> Content)? arrives = null;
        lock (_lock)
        {
            if (_late is var (due, lateKey, content) && number >= due) (arrives, _late) = ((lateKey, content), null);
        }

        if (arrives is var (name, bytes)) await inner.PutIfAbsentAsync(name, bytes);
        if (number != at) return await operation(false);
        switch (trouble)
        {
            case Trouble.Killed:
                Volatile.Write(ref _dead, true);
                throw Kill();
            case Trouble.IoError:
                throw FolderErrors.Of(inner.Location, key, 5);
            case Trouble.NoSpace:
                throw FolderErrors.Of(inner.Location, key, 28);
            case Trouble.Unavailable:
                throw new StoreUnavailableException("The test says that the store is away.");
            case Trouble.Asleep:
                await Meanwhile();
                return await operation(true);
            case Trouble.Slow:
                await Task.Delay(TimeSpan.FromMinutes(10), time ?? new InstantTime());
                return await operation(true);
            case Trouble.KilledAfter:
                await operation(true);
                Volatile.Write(ref _dead, true);
                throw Kill();
            default:
                return await operation(true);
        }
    }

    private static FlowException Kill() => new("FG1109", "killed", 4);
}
