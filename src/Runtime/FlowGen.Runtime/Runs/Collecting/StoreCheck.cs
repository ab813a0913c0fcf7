using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Reads everything in a store and says what is damaged or missing. Repairing removes damaged objects that can be made again: blobs (a resume runs the tasks whose results they were), indexes and merged
/// slots (made of the log), shared results. A log is never touched.
/// </summary>
internal sealed class StoreCheck(RunStore store, bool repairs)
{
    private const int Parallel = 8;

    private readonly List<StoreProblem> _problems = [];
    private readonly HashSet<string> _bad = new(StringComparer.Ordinal);
    private int _objects;
    private long _bytes;

    public int Objects => _objects;

    public long Bytes => _bytes;

    private IObjectStore Store => store.Objects;

    public async ValueTask<IReadOnlyList<StoreProblem>> RunAsync(CancellationToken cancel)
    {
        await System.Threading.Tasks.Parallel.ForEachAsync(Store.ListAsync("", null, cancel), new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel }, async (found, stop) =>
        {
            Interlocked.Increment(ref _objects);
            Interlocked.Add(ref _bytes, found.Size);
            // Whether an index can be made again is known with its run.
            if (!IsIndex(found.Key)) await TryAsync(found.Key, CanBeMadeAgain(found.Key), async () => await ReadAsync(found.Key, stop), stop);
        });
        await foreach (var run in store.ListAsync(null, cancel)) await RunAsync(run, cancel);
        return [.. _problems.OrderBy(static problem => problem.Key, StringComparer.Ordinal)];
    }

    /// <summary>A run is whole if its log is, and all that it names is there.</summary>
    private async ValueTask RunAsync(RunKey run, CancellationToken cancel)
    {
        if (await Store.GetRangeAsync(LogSlot.Key(run, 0), 0, 1, cancel) is null && await store.Reader.LastSlotAsync(run, 0, cancel) is null) return;
        var header = IndexKeys.Header(run);
        if (await Store.GetRangeAsync(header, 0, 1, cancel) is not null)
            await TryAsync(header, isRepairable: await HasWholeLogAsync(run, cancel), async () => await new RunIndex(Store).ReadAsync(run, cancel), cancel);
        var blobs = new List<(Hash256 Hash, int Generation)>();
        await TryAsync(run.Prefix + "log/", isRepairable: false, async () =>
        {
            var marks = new BlobMarks(store.Artifacts);
            await RunReferences.MarkAsync(store, run, newest: -1, marks, cancel);
            blobs.AddRange(marks.All);
        }, cancel);
        foreach (var (hash, generation) in blobs)
        {
            var key = BlobObjects.Key(hash, generation);
            if (_bad.Contains(key)) continue;
            if (await Store.GetRangeAsync(key, 0, 1, cancel) is null) Add(new StoreProblem(key, $"It is missing; run {run} needs it. A resume makes it again.", run, false));
        }
    }

    private async ValueTask<bool> HasWholeLogAsync(RunKey run, CancellationToken cancel)
    {
        try
        {
            return await store.Reader.ReplayLogAsync(run, cancel) is { End: not null };
        }
        catch (FlowException e) when (RunReader.IsUnreadable(e))
        {
            return false;
        }
    }

    private async ValueTask ReadAsync(string key, CancellationToken cancel)
    {
        if (await Store.GetAsync(key, cancel) is not { } bytes) return; // removed since it was listed
        if (bytes.Length < Envelope.Overhead) throw StoreErrors.DamagedObject(Store.Location, key, $"it has only {bytes.Length} bytes");
        var kind = (ObjectKind)bytes[5];
        var content = Envelope.Open(Store.Location, key, kind, bytes, out var encoding, out _);
        if (encoding == ObjectEncoding.Zstd) content = Compression.Open(Store.Location, key, kind, bytes);
        if (BlobMarks.Parse(key) is not { } blob) return;
        var hash = kind == ObjectKind.Chunks ? Wire.Read(Store.Location, key, content, ChunkList.Decode).Identity : Hash256.Of(content.Span);
        if (hash != blob.Hash) throw StoreErrors.DamagedObject(Store.Location, key, "its content is not what its name says");
    }

    private async ValueTask TryAsync(string key, bool isRepairable, Func<ValueTask> read, CancellationToken cancel)
    {
        try
        {
            await read();
        }
        catch (FlowException e) when (e is not StoreUnavailableException)
        {
            lock (_bad)
            {
                // What is wrong with an object is told once, not again for all that need it.
                if (_bad.Any(known => e.Message.Contains($"'{known}'", StringComparison.Ordinal))) return;
                _bad.Add(key);
            }

            var isRepaired = repairs && isRepairable && IsLost(e);
            // What did not arrive whole may yet be whole.
            if (isRepaired && await IsReadAsync(read)) return;
            if (isRepaired) await RemoveAsync(key, cancel);
            Add(new StoreProblem(key, e.Message, null, isRepaired));
        }
    }

    private static async ValueTask<bool> IsReadAsync(Func<ValueTask> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (FlowException e) when (IsLost(e))
        {
            return false;
        }
    }

    private static bool IsLost(FlowException e) => e.Code is StoreErrors.Damaged or StoreErrors.Missing;

    /// <summary>Removes an object; of an index everything, the header last: a part that stayed without it would be taken for one that is made already.</summary>
    private async ValueTask RemoveAsync(string key, CancellationToken cancel)
    {
        if (IsIndex(key)) await foreach (var part in Store.ListAsync(key + "-parts/", null, cancel)) await Store.DeleteAsync(part.Key, cancel);
        await Store.DeleteAsync(key, cancel);
    }

    private void Add(StoreProblem problem)
    {
        lock (_problems) _problems.Add(problem);
    }

    private static bool IsIndex(string key) => key.Split('/') is ["runs", _, _, "index"] or ["runs", _, _, "index-parts", ..];

    private static bool CanBeMadeAgain(string key) =>
        BlobMarks.Parse(key) is not null || key.StartsWith("cache/", StringComparison.Ordinal) || key.StartsWith("flight/", StringComparison.Ordinal)
        || key.Split('/') is ["runs", _, _, "merged", ..] or ["runs", _, _, "beat"];
}

/// <summary>Something in a store that is not as it should be.</summary>
/// <param name="Key">The object.</param>
/// <param name="What">What is wrong, as a sentence.</param>
/// <param name="Run">The run that needs it, if that is what tells.</param>
/// <param name="IsRepaired">Whether it was removed, so that it can be made again.</param>
internal sealed record StoreProblem(string Key, string What, RunKey? Run, bool IsRepaired);
