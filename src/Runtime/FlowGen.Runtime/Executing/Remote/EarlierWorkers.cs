using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Remote;

/// <summary>What was proposed for a slice before this worker: an engine that starts a lost job again has it go on where the last one was (C2: the first outcome stands, so doing it again would be for nothing).</summary>
internal static class EarlierWorkers
{
    /// <summary>The positions of the tasks that have an outcome; <c>null</c> if there was no worker before this one.</summary>
    public static async ValueTask<HashSet<int>?> OutcomesAsync(IObjectStore objects, RunKey run, string slice, CancellationToken cancel)
    {
        HashSet<int>? done = null;
        await foreach (var name in objects.ListFoldersAsync(SliceName.Proposals(run, slice), cancel).ConfigureAwait(false))
        {
            if (!Guid.TryParseExact(name, "n", out var worker)) continue;
            done ??= [];
            for (var n = 0; await ProposalCodec.GetAsync(objects, run, slice, worker, n, cancel).ConfigureAwait(false) is { } proposal; n++)
            {
                foreach (var happened in proposal.Events)
                {
                    if (happened is ProposedSuccess success) done.Add(success.Task);
                    else if (happened is ProposedFailure failure) done.Add(failure.Task);
                }
            }
        }

        return done;
    }
}
