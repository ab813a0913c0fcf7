using System.Buffers;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>Reads the source that runs ran.</summary>
internal static class Snapshots
{
    /// <exception cref="FlowException">FG1036: the run has none.</exception>
    public static async ValueTask<SourceSnapshot> ReadAsync(RunStore store, RunManifest manifest, CancellationToken cancel)
    {
        if (manifest.Snapshot is not { } place)
            throw new FlowException("FG1036", $"Run {manifest.Run} has no source: its program was built with FlowGenSnapshot=false, without the package FlowGen, or from more than {SourceSnapshot.MaxSize >> 20} MiB of source.", 3);
        // The run put it into the newest generation that it read after it had registered.
        var newest = manifest.Generation;
        for (var generation = newest; ; generation++)
        {
            var key = BlobObjects.Key(place.Hash, generation);
            try
            {
                var content = await store.Artifacts.ReadAsync(StoredValue.InBlob(place.Hash, place.Size, generation), cancel);
                return SourceSnapshot.Decode(store.Objects.Location, key, content.ToArray());
            }
            catch (FlowException e) when (e.Code == StoreErrors.Missing)
            {
                newest = generation == manifest.Generation ? (await store.Generations.NewestAsync(cancel)).Number : newest;
                if (generation >= newest)
                    throw new FlowException("FG1036", $"The source of run {manifest.Run} is not in the store {store.Objects.Location} (object '{BlobObjects.Key(place.Hash, manifest.Generation)}'): the run was killed before it was stored, or somebody removed it.", 3, e);
            }
        }
    }
}
