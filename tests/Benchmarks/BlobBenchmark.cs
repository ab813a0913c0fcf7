using System.Buffers.Binary;
using System.Security.Cryptography;
using Benchmarks.Measuring;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Benchmarks;

/// <summary>A blob of 4 GiB into the datastore on disk and back, stream to stream, against hashing the same bytes.</summary>
internal static class BlobBenchmark
{
    private const int Block = 1 << 20;

    public static async Task RunAsync(Settings settings, Table table)
    {
        var bytes = 4 * settings.ArtifactBytes;
        var block = new byte[Block];
        new Random(1).NextBytes(block);
        ArtifactStore store = null!;
        StoredValue? stored = null;
        void Empty()
        {
            Delete(settings.Folder);
            store = new ArtifactStore(ObjectStores.Open(settings.Folder), TimeProvider.System);
        }

        async Task WriteAsync()
        {
            var writer = store.CreateBlob(default);
            foreach (var part in Blocks(block, bytes)) await writer.WriteAsync(part);
            stored = await writer.CompleteAsync(room: null);
            writer.Release();
        }
        async Task ReadAsync()
        {
            await using var content = store.OpenRead(stored!);
            await content.CopyToAsync(Stream.Null);
        }
        Task HashAsync()
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var part in Blocks(block, bytes)) hash.AppendData(part);
            hash.GetHashAndReset();
            return Task.CompletedTask;
        }
        var times = await Measure.MediansAsync(Math.Min(settings.Rounds, 3), new(WriteAsync, Empty), new(ReadAsync), new(HashAsync));
        Delete(settings.Folder);

        foreach (var (what, time) in new[] { ("write", times[0]), ("read", times[1]) })
            table.Add($"{what} a blob of {bytes >> 20} MiB", Text.Speed(bytes, time), $"SHA-256: {Text.Speed(bytes, times[2])}", times[2] / time, "ratio >= 0.33", times[2] / time >= 1 / 3.0);
    }

    /// <summary>No two chunks are equal.</summary>
    private static IEnumerable<byte[]> Blocks(byte[] block, long bytes)
    {
        for (var i = 0; i < bytes / Block; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(block, i);
            yield return block;
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
