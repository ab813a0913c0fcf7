namespace FlowGen.Runs;

/// <summary>
/// The generation that a driver declares with its heartbeats (C5). It puts blobs into the newest that it has read, which is never older. It moves on only while it holds no reference that its log lacks: nothing
/// runs, and everything appended is durable. So a collection never takes what a run has and has not said yet.
/// </summary>
/// <param name="store">The store of the run; it knows where blobs go.</param>
/// <param name="manifest">The run.</param>
/// <param name="declared">What was declared so far.</param>
internal sealed class DriverGeneration(RunStore store, RunManifest manifest, int declared)
{
    private readonly RunKey[] _needed = [.. RunDependencies.Of(manifest)];
    private int _declared = declared;

    public int Declared => Volatile.Read(ref _declared);

    /// <summary>Asks, with every beat, whether there is a later generation, and moves there if that can be.</summary>
    /// <param name="tryWhileIdle">Does something if nothing runs and all is durable, and says whether it did.</param>
    /// <param name="cancel">Stops.</param>
    public async ValueTask AdvanceAsync(Func<Action, bool> tryWhileIdle, CancellationToken cancel)
    {
        var newest = await store.Generations.HasAfterAsync(store.Generation.Number, cancel) ? await store.Generations.NewestAsync(cancel) : store.Generation;
        if (newest.Number == Declared || _needed.Any(newest.IsRetired)) return;
        tryWhileIdle(() =>
        {
            store.Enter(newest);
            Volatile.Write(ref _declared, newest.Number);
        });
    }
}
