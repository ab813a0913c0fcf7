using System.Buffers;
using System.Runtime.CompilerServices;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Operations of several processes on their way to one store; the test decides which arrives next. One that crashed gets no answer; what it had sent may arrive, then or much later.</summary>
internal sealed class Gate
{
    private readonly List<(char Process, Action Arrive, TaskCompletionSource? Answer)> _waiting = [];
    private readonly HashSet<char> _crashed = [];

    public int Waiting => _waiting.Count;

    /// <summary>Grows with every object that is put or removed.</summary>
    public int Changes { get; set; }

    public void Give(int turn)
    {
        var next = _waiting[turn % _waiting.Count];
        _waiting.Remove(next);
        if (next.Answer is null) next.Arrive();
        else next.Answer.SetResult();
    }

    /// <param name="process">Nothing is heard of it any more.</param>
    /// <param name="loses">Whether what it had sent is lost; otherwise it arrives some time.</param>
    public void Crash(char process, bool loses)
    {
        _crashed.Add(process);
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Process != process) continue;
            if (loses) _waiting.RemoveAt(i);
            else _waiting[i] = _waiting[i] with { Answer = null };
        }
    }

    public async ValueTask<T> SendAsync<T>(char process, Func<ValueTask<T>> operation)
    {
        var turn = new TaskCompletionSource();
        if (!_crashed.Contains(process)) _waiting.Add((process, () => SimulatedNetwork.Done(operation()), turn));
        await turn.Task;
        return await operation();
    }
}

/// <summary>The store as one process sees it.</summary>
internal sealed class GatedStore(Gate gate, char process, IObjectStore truth) : IObjectStore
{
    public string Location => "gated";

    /// <summary>Shows the first listing of generations for ever: a process that does not read them again.</summary>
    public bool ReadsGenerationsOnce { get; init; }

    private List<StoredObject>? _generations;

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        var bytes = content.ToArray();
        return gate.SendAsync(process, () =>
        {
            gate.Changes++;
            return truth.PutIfAbsentAsync(key, new(bytes), cancel);
        });
    }

    public async ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
    {
        var bytes = content.ToArray();
        await gate.SendAsync<int>(process, async () =>
        {
            await truth.PutAsync(key, new(bytes), cancel);
            return 0;
        });
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => gate.SendAsync(process, () => truth.GetAsync(key, cancel));

    public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => gate.SendAsync(process, () => truth.GetRangeAsync(key, offset, length, cancel));

    public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => gate.SendAsync(process, () => truth.SizeAsync(key, cancel));

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var isGenerations = ReadsGenerationsOnce && prefix == "gc/";
        var found = isGenerations && _generations is not null ? _generations : await gate.SendAsync(process, async () => await truth.ListAsync(prefix, after, cancel).ToListAsync());
        if (isGenerations) _generations = found;
        foreach (var each in found) yield return each;
    }

    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var name in await gate.SendAsync(process, async () => await truth.ListFoldersAsync(prefix, cancel).ToListAsync())) yield return name;
    }

    public async ValueTask DeleteAsync(string key, CancellationToken cancel = default) => await gate.SendAsync<int>(process, async () =>
    {
        gate.Changes++;
        await truth.DeleteAsync(key, cancel);
        return 0;
    });

    public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => gate.SendAsync(process, () => truth.AgeAsync(key, cancel));
}
