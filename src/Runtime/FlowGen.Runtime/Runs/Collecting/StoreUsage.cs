namespace FlowGen.Runs;

/// <summary>What takes how much room.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="Objects">All objects of the store.</param>
/// <param name="Bytes">Their sizes.</param>
/// <param name="Unneeded">Blobs that no run needs.</param>
/// <param name="UnneededBytes">Their sizes.</param>
internal sealed record StoreUsage(IReadOnlyList<RunUsage> Runs, int Objects, long Bytes, int Unneeded, long UnneededBytes)
{
    /// <param name="store">The store.</param>
    /// <param name="isWanted">Which runs are told of; the others are read too, as they share content.</param>
    /// <param name="cancel">Stops.</param>
    public static async ValueTask<StoreUsage> OfAsync(RunStore store, Func<RunKey, bool> isWanted, CancellationToken cancel)
    {
        var newest = (await store.Generations.NewestAsync(cancel)).Number;
        var needs = new List<(RunKey Run, BlobMarks Marks)>();
        var sharers = new Dictionary<(Hash256, int), int>();
        await foreach (var (run, marks) in store.ListAsync(null, cancel).SelectAheadAsync(async run => (run, await MarkAsync(store, run, newest, cancel)), cancel))
        {
            needs.Add((run, marks));
            foreach (var blob in marks.All) sharers[blob] = sharers.GetValueOrDefault(blob) + 1;
        }

        var (blobs, own) = (new Dictionary<(Hash256, int), long>(), new Dictionary<string, (int Objects, long Bytes)>(StringComparer.Ordinal));
        var (objects, bytes, unneeded, unneededBytes) = (0, 0L, 0, 0L);
        await foreach (var found in store.Objects.ListAsync("", null, cancel))
        {
            objects++;
            bytes += found.Size;
            if (BlobMarks.Parse(found.Key) is { } blob)
            {
                if (sharers.ContainsKey(blob)) blobs[blob] = found.Size;
                else (unneeded, unneededBytes) = (unneeded + 1, unneededBytes + found.Size);
            }
            else if (found.Key.Split('/', 4) is ["runs", var flow, var id, _])
            {
                var name = $"{flow}/{id}";
                var known = own.GetValueOrDefault(name);
                own[name] = (known.Objects + 1, known.Bytes + found.Size);
            }
        }

        return new StoreUsage([.. needs.Where(need => isWanted(need.Run)).Select(Usage)], objects, bytes, unneeded, unneededBytes);

        RunUsage Usage((RunKey Run, BlobMarks Marks) need)
        {
            var (count, log) = own.GetValueOrDefault(need.Run.ToString());
            var there = need.Marks.All.Where(blobs.ContainsKey).ToArray();
            return new RunUsage(need.Run, count, log, there.Length, there.Sum(blob => blobs[blob]), there.Where(blob => sharers[blob] == 1).Sum(blob => blobs[blob]));
        }
    }

    private static async ValueTask<BlobMarks> MarkAsync(RunStore store, RunKey run, int newest, CancellationToken cancel)
    {
        var marks = new BlobMarks(store.Artifacts);
        await RunReferences.MarkAsync(store, run, newest, marks, cancel);
        return marks;
    }
}

/// <summary>What a run takes.</summary>
/// <param name="Run">The run.</param>
/// <param name="Objects">Objects of its own: log, index, heartbeat.</param>
/// <param name="Bytes">Their sizes.</param>
/// <param name="Blobs">Blobs that it needs.</param>
/// <param name="BlobBytes">Their sizes.</param>
/// <param name="OwnBytes">Sizes of those that no other run needs: removing the run frees these and its own objects.</param>
internal sealed record RunUsage(RunKey Run, int Objects, long Bytes, int Blobs, long BlobBytes, long OwnBytes);
