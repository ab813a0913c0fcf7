using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FlowGen.Hosting;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// The tags that people give to runs. A run starts with those of its manifest; every change is a slot of <c>runs/&lt;run&gt;/tags/&lt;n&gt;</c>, so all changes of a run are in one order (M2). Every
/// entry says how often its tag had been moved, and one slot of <c>tags/&lt;tag&gt;/&lt;flow&gt;/moves/&lt;n&gt;</c> makes all earlier ones void: so a move is one put, after which one run
/// carries the tag and no other. <c>tags/&lt;tag&gt;/&lt;flow&gt;/runs/&lt;run&gt;</c>, put before anything else, says where to look; what it names may carry the tag or not.
/// </summary>
internal sealed class RunTags(IObjectStore objects, TimeProvider time)
{
    /// <summary>The tags that a run carries now, those of its manifest first.</summary>
    public async ValueTask<ImmutableArray<string>> ReadAsync(RunManifest manifest, CancellationToken cancel)
    {
        var last = await LastAsync(manifest.Run, cancel);
        var asked = new List<(string Tag, Task<bool> IsCarried)>();
        foreach (var tag in manifest.Tags)
            asked.Add((tag, TagName.IsSystem(tag) ? Task.FromResult(true) : IsCarriedAsync(manifest.Run, tag, last.Remove(tag, out var entry) ? entry : null, cancel).AsTask()));
        foreach (var entry in last.Values)
            if (entry.IsAdded) asked.Add((entry.Tag, IsCarriedAsync(manifest.Run, entry.Tag, entry, cancel).AsTask()));
        var tags = ImmutableArray.CreateBuilder<string>();
        foreach (var (tag, isCarried) in asked)
            if (await isCarried) tags.Add(tag);
        return tags.ToImmutable();
    }

    /// <summary>Says that a run which is about to start carries tags.</summary>
    public async ValueTask AnnounceAsync(RunKey run, IEnumerable<string> tags, CancellationToken cancel)
    {
        foreach (var tag in tags) await AnnounceAsync(run, tag, await Moves(run.Flow, tag).CountAsync(cancel), cancel);
    }

    /// <summary>Gives tags to a run and takes others from it: one change that is seen whole.</summary>
    public async ValueTask ChangeAsync(RunKey run, IEnumerable<string> add, IEnumerable<string> remove, CancellationToken cancel)
    {
        var entries = ImmutableArray.CreateBuilder<TagEntry>();
        foreach (var tag in add)
        {
            var moves = await Moves(run.Flow, tag).CountAsync(cancel);
            await AnnounceAsync(run, tag, moves, cancel);
            entries.Add(new TagEntry(tag, IsAdded: true, moves));
        }

        foreach (var tag in remove) entries.Add(new TagEntry(tag, IsAdded: false, await Moves(run.Flow, tag).CountAsync(cancel)));
        await AppendAsync(run, entries.ToImmutable(), cancel);
    }

    /// <summary>Gives a tag to a run and takes it from all other runs of its flow, at one moment. Of several at the same time, the last stands.</summary>
    public async ValueTask MoveAsync(RunKey run, string tag, CancellationToken cancel)
    {
        var moves = Moves(run.Flow, tag);
        var count = await moves.CountAsync(cancel);
        await AnnounceAsync(run, tag, count, cancel);
        do
        {
            // Given first, as one of several: so at no moment nobody carries it.
            count++;
            await AppendAsync(run, [new TagEntry(tag, IsAdded: true, count)], cancel);
        }
        while (!await moves.TryPutAsync(count - 1, new TagCarrier(tag, run, count).Wrap(), cancel));
    }

    /// <summary>Runs that may carry a tag, newest first. All that do are among them.</summary>
    public async IAsyncEnumerable<RunKey> CandidatesAsync(string? flow, string tag, [EnumeratorCancellation] CancellationToken cancel)
    {
        var prefix = $"tags/{TagName.Segment(tag)}/";
        var flows = flow is null ? objects.ListFoldersAsync(prefix, cancel) : ObjectKey.IsSegment(flow) ? new[] { flow }.ToAsyncEnumerable() : AsyncEnumerable.Empty<string>();
        var all = new List<RunKey>();
        await foreach (var name in flows)
        {
            var folder = $"{prefix}{name}/runs/";
            await foreach (var found in objects.ListAsync(folder, cancel: cancel))
                if (RunKey.IsId(found.Key.AsSpan(folder.Length))) all.Add(new RunKey(name, found.Key[folder.Length..]));
        }

        all.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        foreach (var run in all) yield return run;
    }

    private DenseLog Moves(string flow, string tag) => new(objects, $"tags/{TagName.Segment(tag)}/{flow}/moves/");

    private DenseLog Changes(RunKey run) => new(objects, run.Prefix + "tags/");

    private static string CarrierKey(RunKey run, string tag) => $"tags/{TagName.Segment(tag)}/{run.Flow}/runs/{run.Id}";

    private async ValueTask AnnounceAsync(RunKey run, string tag, int moves, CancellationToken cancel)
    {
        var key = CarrierKey(run, tag);
        if (await objects.SizeAsync(key, cancel) is null) await objects.PutIfAbsentAsync(key, new TagCarrier(tag, run, moves).Wrap(), cancel);
    }

    private async ValueTask AppendAsync(RunKey run, ImmutableArray<TagEntry> entries, CancellationToken cancel)
    {
        var changes = Changes(run);
        var content = new TagChange(CurrentUser.Name, time.GetUtcNow(), entries).Wrap();
        for (var next = await changes.CountAsync(cancel); !await changes.TryPutAsync(next, content, cancel); next++)
        {
            // Somebody else was faster: theirs is before ours.
        }
    }

    /// <summary>The last that was said of each tag since the run was registered.</summary>
    private async ValueTask<OrderedDictionary<string, TagEntry>> LastAsync(RunKey run, CancellationToken cancel)
    {
        var last = new OrderedDictionary<string, TagEntry>(StringComparer.Ordinal);
        await foreach (var (key, bytes) in Changes(run).ReadAsync(cancel))
            foreach (var entry in TagChange.Read(objects.Location, key, bytes).Entries) last[entry.Tag] = entry;
        return last;
    }

    private async ValueTask<bool> IsCarriedAsync(RunKey run, string tag, TagEntry? last, CancellationToken cancel)
    {
        if (last is { IsAdded: false }) return false;
        var moves = await Moves(run.Flow, tag).CountAsync(cancel);
        if (moves == 0 || last is { } entry) return moves == 0 || last!.Value.Moves >= moves;
        // The manifest does not say how often it had been moved; what was announced does.
        var key = CarrierKey(run, tag);
        return await objects.GetAsync(key, cancel) is { } bytes && TagCarrier.Read(objects.Location, key, bytes).Moves >= moves;
    }
}
