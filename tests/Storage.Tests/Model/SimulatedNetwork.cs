using System.Buffers;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Everything on its way between drivers and the one store. The test decides what arrives, when, how often, and what is answered.</summary>
internal sealed class SimulatedNetwork(TimeProvider time)
{
    /// <param name="Driver">Its sender.</param>
    /// <param name="Answer">Takes place at the store, and lets the sender go on.</param>
    /// <param name="Apply">For a put: takes place at the store; the sender hears nothing.</param>
    /// <param name="Forget">For a put: the sender is told that nobody knows.</param>
    public sealed record Message(char Driver, Action Answer, Action? Apply, Action? Forget);

    public InMemoryStore Truth { get; } = new(time);

    public List<Message> Waiting { get; } = [];

    /// <summary>Puts whose senders do not wait any more; they may still arrive.</summary>
    public List<Action> Stray { get; } = [];

    /// <summary>What a store must never do: let a later put win. The test of the test.</summary>
    public bool Overwrites { get; init; }

    public IObjectStore Connect(char driver) => new Connection(this, driver, time);

    private readonly HashSet<char> _crashed = [];

    public void Crash(char driver)
    {
        _crashed.Add(driver);
        foreach (var message in Waiting.Where(m => m.Driver == driver))
            if (message.Apply is { } apply) Stray.Add(apply);
        Waiting.RemoveAll(m => m.Driver == driver);
    }

    private void Send(Message message)
    {
        if (!_crashed.Contains(message.Driver)) Waiting.Add(message);
    }

    private sealed class Connection(SimulatedNetwork network, char driver, TimeProvider time) : IObjectStore
    {
        public string Location => "simulated";

        public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
        {
            var bytes = content.ToArray();
            return ReadBack.ResolveAsync(this, key, new(bytes), _ => SendAsync(key, bytes), TimeSpan.FromDays(1), time, cancel);
        }

        private async ValueTask<PutAnswer> SendAsync(string key, byte[] bytes)
        {
            var answer = new TaskCompletionSource<PutAnswer>();
            network.Send(new Message(driver, () => answer.SetResult(Arrive()), () => Arrive(), () => answer.SetResult(PutAnswer.Unknown)));
            return await answer.Task;

            PutAnswer Arrive()
            {
                if (!network.Overwrites) return Done(network.Truth.PutIfAbsentAsync(key, new(bytes))) == PutOutcome.Stored ? PutAnswer.Stored : PutAnswer.Exists;
                Done(network.Truth.PutAsync(key, new(bytes)));
                return PutAnswer.Stored;
            }
        }

        private async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read)
        {
            var answer = new TaskCompletionSource<T>();
            network.Send(new Message(driver, () => answer.SetResult(Done(read())), null, null));
            return await answer.Task;
        }

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => ReadAsync(() => network.Truth.GetAsync(key, cancel));

        public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => ReadAsync(() => network.Truth.GetRangeAsync(key, offset, length, cancel));

        public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => ReadAsync(() => network.Truth.SizeAsync(key, cancel));

        public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
        {
            var all = await ReadAsync(async () => await network.Truth.ListAsync(prefix, after, cancel).ToListAsync());
            foreach (var found in all) yield return found;
        }

        public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => network.Truth.ListFoldersAsync(prefix, cancel);

        // Heartbeats take no part in safety (C1), so they take none here.
        public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => default;
        public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => throw new NotSupportedException();
        public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => throw new NotSupportedException();
    }

    /// <summary>Memory answers at once.</summary>
    public static T Done<T>(ValueTask<T> task) => task.IsCompleted ? task.AsTask().GetAwaiter().GetResult() : throw new InvalidOperationException("The store of the simulation waited.");

    public static void Done(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
