using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// The index of a long run that is closed (H7): the first slot, a header and a few parts instead of the whole log. It is a pure function of the log, so anybody may write
/// it, at any time and twice (C6); a run without one, or with one that cannot be read, is read from its log.
/// </summary>
internal sealed class RunIndex(IObjectStore objects)
{
    /// <summary>Writes the index of a run that is closed: the parts, then the header. Does nothing for an open run, or one whose header would be too large. Values are copied from slot to part, and never all in memory.</summary>
    public async ValueTask WriteAsync(RunKey run, CancellationToken cancel)
    {
        if (await new RunReader(objects).ReplayLogAsync(run, cancel, leavesOutputs: true) is not { End: { } end } fold) return;
        var parts = ImmutableArray.CreateBuilder<IndexPartEntry>();
        await foreach (var part in CutAsync(fold, new SlotValues(objects, run), cancel))
        {
            var key = IndexKeys.Part(run, parts.Count);
            await objects.PutIfAbsentAsync(key, Compression.Wrap(ObjectKind.IndexPart, part.Encode(run, parts.Count)), cancel);
            parts.Add(part.Entry);
        }
        var overview = RunOverview.Of(fold.Build(end.Status));
        var header = new IndexHeader(run, fold.Slots, end, overview.Expanded, overview.Totals, overview.Shown, parts.ToImmutable()).Encode();
        if (header.Length <= IndexHeader.MaxContent) await objects.PutIfAbsentAsync(IndexKeys.Header(run), Envelope.Wrap(ObjectKind.Index, header), cancel);
    }

    /// <summary>The header, or <c>null</c> if the run has no index.</summary>
    public async ValueTask<IndexHeader?> ReadHeaderAsync(RunKey run, CancellationToken cancel) =>
        await objects.GetAsync(IndexKeys.Header(run), cancel) is { } bytes ? IndexHeader.Read(objects.Location, run, bytes) : null;

    /// <summary>The run as its index tells it, or <c>null</c> if it has none.</summary>
    public async ValueTask<RunFold?> ReadAsync(RunKey run, CancellationToken cancel)
    {
        if (await ReadHeaderAsync(run, cancel) is not { } header) return null;
        var (firstKey, fold) = (LogSlot.Key(run, 0), new RunFold());
        var first = await objects.GetAsync(firstKey, cancel) ?? throw StoreErrors.MissingObject(objects.Location, firstKey);
        Fold(firstKey, () => fold.AddFirst(LogSlot.Read(objects.Location, firstKey, first)));
        if (fold.Manifest!.Run != run) throw StoreErrors.DamagedObject(objects.Location, firstKey, $"it belongs to the run {fold.Manifest.Run}");
        for (var i = 0; i < header.Parts.Length; i++)
        {
            var key = IndexKeys.Part(run, i);
            var part = IndexPart.Read(objects.Location, header, i, await objects.GetAsync(key, cancel) ?? throw StoreErrors.MissingObject(objects.Location, key));
            Fold(key, () => fold.Add(part));
        }
        Fold(IndexKeys.Header(run), () => fold.Close(header.Slots, header.End));
        return fold;
    }

    private void Fold(string key, Action add)
    {
        try
        {
            add();
        }
        catch (FormatException e)
        {
            throw StoreErrors.DamagedObject(objects.Location, key, e.Message, e);
        }
    }

    private static async IAsyncEnumerable<IndexPartBuilder> CutAsync(RunFold fold, SlotValues values, [EnumeratorCancellation] CancellationToken cancel)
    {
        var part = new IndexPartBuilder();
        foreach (var fact in fold.Facts)
        {
            part.Add(fact);
            if (!part.IsFull) continue;
            yield return part;
            part = new IndexPartBuilder();
        }
        foreach (var row in fold.Rows)
        {
            part.Add(await values.FetchAsync(row, cancel));
            if (!part.IsFull) continue;
            yield return part;
            part = new IndexPartBuilder();
        }
        if (!part.IsEmpty) yield return part;
    }
}
