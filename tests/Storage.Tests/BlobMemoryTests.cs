using System.Buffers;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>Measures what the process allocates, so it runs alone.</summary>
[CollectionDefinition(nameof(BlobMemoryTests), DisableParallelization = true)]
[Collection(nameof(BlobMemoryTests))]
public class BlobMemoryTests
{
    private const int Chunk = ChunkList.ChunkSize;

    [Fact]
    public async Task Write_MuchContent_AllocatesAFractionOfIt()
    {
        const int Chunks = 64; // 512 MiB
        var artifacts = new ArtifactStore(new ForgetfulStore(), TimeProvider.System);
        var block = Samples.Random(1 << 20);
        await WriteAsync(8); // buffers that are kept
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var value = await WriteAsync(Chunks);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal((long)Chunks * Chunk, value.Size);
        Assert.True(allocated < 100L << 20, $"{allocated >> 20} MiB were allocated for {value.Size >> 20} MiB");

        async Task<StoredValue> WriteAsync(int chunks)
        {
            var writer = artifacts.CreateBlob(default);
            for (var i = 0; i < chunks * (Chunk >> 20); i++)
            {
                BitConverter.TryWriteBytes(block, i); // each chunk is another
                await writer.WriteAsync(block);
            }
            var stored = await writer.CompleteAsync(null);
            writer.Release();
            return stored;
        }
    }

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class ForgetfulStore : IObjectStore
    {
        public string Location => "nowhere";

        public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => new(PutOutcome.Stored);
        public ValueTask PutAsync(string key, ReadOnlySequence<byte> content, CancellationToken cancel = default) => default;
        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancel = default) => default;
        public ValueTask<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancel = default) => default;
        public ValueTask<long?> SizeAsync(string key, CancellationToken cancel = default) => default;
        public IAsyncEnumerable<StoredObject> ListAsync(string prefix, string? after = null, CancellationToken cancel = default) => AsyncEnumerable.Empty<StoredObject>();
        public IAsyncEnumerable<string> ListFoldersAsync(string prefix, CancellationToken cancel = default) => AsyncEnumerable.Empty<string>();
        public ValueTask DeleteAsync(string key, CancellationToken cancel = default) => default;
        public ValueTask<TimeSpan?> AgeAsync(string key, CancellationToken cancel = default) => default;
    }
}
