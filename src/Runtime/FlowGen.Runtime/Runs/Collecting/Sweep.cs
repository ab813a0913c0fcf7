using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Removes objects, several at the same time, and counts them; a dry one only counts.</summary>
internal sealed class Sweep(RunStore store, bool isDry)
{
    private const int Parallel = 16;

    public bool IsDry => isDry;

    public CollectReport Report { get; private set; } = new();

    /// <summary>Removes the blobs of generations below the barrier that nobody needs.</summary>
    public async ValueTask BlobsAsync(int barrier, BlobMarks marks, CancellationToken cancel)
    {
        await foreach (var name in store.Objects.ListFoldersAsync("blobs/", cancel))
        {
            if (!int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var generation) || generation >= barrier) continue;
            var unmarked = store.Objects.ListAsync($"blobs/{generation}/", null, cancel).Where(blob => BlobMarks.Parse(blob.Key) is var (hash, of) && !marks.Has(hash, of));
            var (count, bytes) = await RemoveAsync(unmarked, cancel);
            Report = Report with { Blobs = Report.Blobs + count, BlobBytes = Report.BlobBytes + bytes };
        }
    }

    /// <summary>Removes other objects.</summary>
    public async ValueTask ObjectsAsync(IAsyncEnumerable<StoredObject> objects, CancellationToken cancel)
    {
        var (count, bytes) = await RemoveAsync(objects, cancel);
        Report = Report with { Objects = Report.Objects + count, ObjectBytes = Report.ObjectBytes + bytes };
    }

    private async ValueTask<(int Count, long Bytes)> RemoveAsync(IAsyncEnumerable<StoredObject> objects, CancellationToken cancel)
    {
        var (count, bytes) = (0, 0L);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel, TaskScheduler = TaskScheduler.Current };
        await System.Threading.Tasks.Parallel.ForEachAsync(objects, options, async (found, stop) =>
        {
            if (!isDry) await store.Objects.DeleteAsync(found.Key, stop);
            Interlocked.Increment(ref count);
            Interlocked.Add(ref bytes, found.Size);
        });
        return (count, bytes);
    }
}
