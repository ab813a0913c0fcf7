namespace FlowGen.Runs;

/// <summary>
/// The values that a run names: all that its log says, of sub-flows too, whether or not it counts in the end; and of one that is open, what its workers are told and propose, which the log may name yet.
/// </summary>
internal static class RunReferences
{
    /// <summary>Marks what a run needs, from its index or its log.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="run">The run.</param>
    /// <param name="newest">The newest generation: the source of a run is in one of those since it was registered.</param>
    /// <param name="marks">Gets the blobs.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="FlowException">Something cannot be read; the message names it.</exception>
    public static async ValueTask MarkAsync(RunStore store, RunKey run, int newest, BlobMarks marks, CancellationToken cancel)
    {
        var isWhole = false;
        var fold = await store.ReplayAsync(run, cancel, async record =>
        {
            isWhole |= record is RunFinished;
            foreach (var value in Of(record)) await marks.AddAsync(value, cancel);
        });
        if (fold.End is null)
        {
            await MarkAsync(store, run.Prefix + "slices/", marks, cancel);
            await MarkAsync(store, run.Prefix + "proposals/", marks, cancel);
        }

        // From an index, nothing was heard.
        if (fold.End is not null && !isWhole)
        {
            foreach (var row in fold.Rows)
                if (!row.Task.Outputs.IsDefault) foreach (var output in row.Task.Outputs) await marks.AddAsync(output, cancel);
            foreach (var fact in fold.Facts)
                foreach (var value in Of(fact)) await marks.AddAsync(value, cancel);
        }

        if (fold.Manifest!.Snapshot is { } source)
            for (var generation = fold.Manifest.Generation; generation <= newest; generation++) marks.Add(source.Hash, generation);
    }

    private static async ValueTask MarkAsync(RunStore store, string prefix, BlobMarks marks, CancellationToken cancel)
    {
        await foreach (var found in store.Objects.ListAsync(prefix, null, cancel))
        {
            // A run that has been closed since loses them at any moment, and needs them no more.
            if (await store.Objects.GetAsync(found.Key, cancel) is not { } bytes) continue;
            var (packs, values) = await SliceCodec.ReferencesAsync(store.Artifacts, found.Key, bytes, cancel);
            foreach (var pack in packs) marks.Add(pack.Hash, pack.Generation);
            foreach (var value in values) await marks.AddAsync(value, cancel);
        }
    }

    private static IEnumerable<StoredValue> Of(RunRecord record) => record switch
    {
        TaskSucceeded r => r.Outputs,
        LogsWritten r => [r.Pack],
        InputFileStored r => [r.Content],
        CodeDescribed r => [r.Text],
        InSubFlow r => Of(r.Record),
        _ => [],
    };
}
