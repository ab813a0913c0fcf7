using FlowGen;
using FlowGen.Runs;
using FlowGen.Storage;

namespace Storage.Tests;

/// <summary>A run with every kind of record and every kind of place for a value: inline, pack, blob, chunks.</summary>
internal static class SmallRun
{
    public static readonly byte[] Packed = Samples.Random(50_000, 2);
    public static readonly byte[] Blob = Samples.Random(1_200_000, 3);
    public static readonly byte[] Chunked = [.. Samples.Random(9_000_000, 4)];

    public static readonly TaskError Error = new(TaskErrorKind.User, "System.Exception", "It is broken.", "at Fit()");

    /// <summary>Writes the run group by group, so that each group is a slot. Returns the records in order, as they were appended.</summary>
    public static async Task<List<RunRecord>> WriteAsync(RunStore store, RunManifest manifest, bool big = true, List<RunRecord>? appended = null)
    {
        appended ??= [];
        await using var log = await RunLog.CreateAsync(store, manifest, TimeProvider.System, default);
        var (at, ms) = (DateTimeOffset.UnixEpoch.AddDays(20_000), TimeSpan.FromMilliseconds(5));
        var blob = big ? await store.Artifacts.WriteAsync(BinaryArtifact.Instance, Blob, default) : StoredValue.Of([1]);
        var chunked = big ? await store.Artifacts.WriteAsync(BinaryArtifact.Instance, Chunked, default) : StoredValue.Of([2]);
        var file = await store.Artifacts.WriteAsync(new MemoryStream([1, 2, 3]), default);

        await CommitAsync(new InputFileStored(0, 0, file), new TaskStarted(new(0), 1, 11, at), new TaskSucceeded(new(0), 1, 11, at, ms, [chunked]), new DimensionSized(0, default, 4));
        await CommitAsync(
            new TaskSucceeded(new(1, 0), 1, 12, at, ms, [StoredValue.Of(Packed)]),
            new TaskSucceeded(new(1, 1), 1, 13, at, ms, [blob], "sample/000000000-00000000"),
            new AttemptFailed(new(1, 2), 1, 14, at, ms, Error, TimeSpan.FromSeconds(1)));
        await CommitAsync(
            new TaskSucceeded(new(1, 2), 2, 15, at, ms, [StoredValue.Of([5])]),
            new TaskFailed(new(1, 3), 3, 16, at, ms, Error),
            new TasksBlocked(new(2), 1, new TaskAddress(1, 3)),
            new LogsWritten(StoredValue.Of("hello\n"u8.ToArray()), [new LogSegment(new(1, 2), 15, 0, 6)]));
        appended.Add(Samples.End(RunStatus.Failed, "fit[3] failed."));
        await log.FinishAsync((RunFinished)appended[^1]);
        return appended;

        async Task CommitAsync(params RunRecord[] records)
        {
            var last = 0L;
            foreach (var record in records)
            {
                appended.Add(record);
                last = log.Append(record);
            }
            await log.WhenCommittedAsync(last, default);
        }
    }

    /// <summary>Reads everything there is of a run: what any reading command could.</summary>
    public static async Task<RunState> ReadAllAsync(IObjectStore objects, RunKey run)
    {
        var store = await RunStore.OpenAsync(objects, forWriting: false, TimeProvider.System, default);
        await store.SummarizeAsync(run, default);
        var state = await store.ReadAsync(run, default);
        foreach (var value in state.Tasks.SelectMany(t => t.Outputs).Concat(state.Logs.Select(l => l.Pack)).Concat(state.InputFiles.Select(f => f.Content)))
        {
            var content = await store.Artifacts.ReadAsync(value, default);
            if (value.Size > 4096) _ = BinaryArtifactOrRaw(content);
            foreach (var part in content) _ = part.Span.Length;
        }
        return state;
    }

    private static object? BinaryArtifactOrRaw(System.Buffers.ReadOnlySequence<byte> content) => content.FirstSpan[0] is 0xc6 ? BinaryArtifact.Instance.Decode(content) : null;
}
