using System.Buffers;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>How the content of blobs travels: in parallel, in part, and without much memory.</summary>
public class BlobTransferTests
{
    private const int Chunk = ChunkList.ChunkSize;

    [Fact]
    public async Task Write_SlowStore_PutsChunksAtTheSameTime()
    {
        var store = new MeetingStore(new InMemoryStore(), puts: 4, gets: 0);
        var artifacts = new ArtifactStore(store, TimeProvider.System);
        var value = await artifacts.WriteAsync(new MemoryStream(Samples.Random(6 * Chunk)), default);
        Assert.Equal(6L * Chunk, value.Size);
        Assert.InRange(store.MostPuts, 4, 8);
    }

    [Fact]
    public async Task Read_FromFrontToBack_GetsChunksAtTheSameTime()
    {
        var memory = new InMemoryStore();
        var content = Samples.Random(6 * Chunk);
        var value = await new ArtifactStore(memory, TimeProvider.System).WriteAsync(new MemoryStream(content), default);
        var store = new MeetingStore(memory, puts: 0, gets: 3);
        await using var stream = new ArtifactStore(store, TimeProvider.System).OpenRead(value);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.True(content.AsSpan().SequenceEqual(copy.ToArray()));
        Assert.InRange(store.MostGets, 3, 4);
    }

    [Fact]
    public async Task Read_HereAndThere_ReadsTheChunksItNeedsOnly()
    {
        var store = new CountingStore(new InMemoryStore());
        var artifacts = new ArtifactStore(store, TimeProvider.System);
        var value = await artifacts.WriteAsync(new MemoryStream(Samples.Random(10 * Chunk)), default);
        store.Reads.Clear();
        await using var stream = artifacts.OpenRead(value);
        Assert.Empty(store.Reads);

        foreach (var position in new[] { 5L * Chunk + 7, 5L * Chunk + 100, 9L * Chunk, 2L * Chunk })
        {
            stream.Position = position;
            Assert.Equal(1000, await stream.ReadAsync(new byte[1000]));
        }

        Assert.Equal(4, store.Reads.Count); // the list, and three chunks once each
    }

    /// <summary>Lets puts and gets of blobs finish only when so many are under way, as long as there are more to come.</summary>
    private sealed class MeetingStore(IObjectStore inner, int puts, int gets) : IObjectStore
    {
        private readonly Meeting _puts = new(puts), _gets = new(gets);

        public int MostPuts => _puts.Most;
        public int MostGets => _gets.Most;
        public string Location => inner.Location;

        public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default)
        {
            await _puts.EnterAsync(content.Length > 1000);
            var outcome = await inner.PutIfAbsentAsync(key, content, cancel);
            _puts.Leave();
            return outcome;
        }

        public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default)
        {
            await _gets.EnterAsync(await inner.SizeAsync(key, cancel) > 1000);
            var bytes = await inner.GetAsync(key, cancel);
            _gets.Leave();
            return bytes;
        }

        public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => inner.PutAsync(key, content, cancel);
        public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => inner.GetRangeAsync(key, offset, length, cancel);
        public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => inner.SizeAsync(key, cancel);
        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => inner.ListAsync(prefix, after, cancel);
        public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => inner.ListFoldersAsync(prefix, cancel);
        public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => inner.DeleteAsync(key, cancel);
        public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => inner.AgeAsync(key, cancel);

        /// <summary>The first ones wait for each other; who is never joined by the others makes the test time out.</summary>
        private sealed class Meeting(int wanted)
        {
            private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
            private int _now, _most;

            public int Most => _most;

            public async Task EnterAsync(bool isChunk)
            {
                var now = Interlocked.Increment(ref _now);
                for (var most = _most; now > most; most = _most) Interlocked.CompareExchange(ref _most, now, most);
                if (now >= wanted) _met.TrySetResult();
                if (isChunk) await _met.Task.WaitAsync(TimeSpan.FromMinutes(1));
            }

            public void Leave() => Interlocked.Decrement(ref _now);
        }
    }
}
