using FlowGen.Executing;
using FlowGen.Storage;

namespace FlowGen.Runs;

/// <summary>
/// Where the blobs of one attempt go: the store of its run. Small ones stay in memory, as they travel with the record of what the step returns (H6), but not more than 16 MiB together: a step
/// that makes very many needs no more memory than one that makes a few.
/// </summary>
internal sealed class BlobRoom(ArtifactStore store)
{
    private const long Limit = 16 * 1024 * 1024;

    private long _kept;

    /// <summary>Of the attempt that runs here. Outside of a run each blob is in a place of its own, and gone with it.</summary>
    public static BlobRoom Current => CurrentStep.Context?.Blobs ?? new BlobRoom(new ArtifactStore(new ScratchStore(), TimeProvider.System));

    public ArtifactStore Store => store;

    /// <summary>Whether content of that length stays in memory.</summary>
    public bool TryKeep(int length) => length <= StoredValue.PackLimit && Interlocked.Add(ref _kept, length) <= Limit;
}
