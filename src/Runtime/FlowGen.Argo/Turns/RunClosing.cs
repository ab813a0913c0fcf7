using FlowGen.CommandLine;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Argo.Turns;

/// <summary>Closes a run whose workflow has ended without it: what it has finished stays, and can be resumed.</summary>
internal static class RunClosing
{
    public static async Task<int> CloseAsync(VerbCall call, RunKey run, string status)
    {
        var objects = ObjectStores.Open(call.StorePlace);
        if (await new RunReader(objects).ReadAsync(run, 0, CancellationToken.None).ConfigureAwait(false) is null)
        {
            call.Out.WriteLine($"Run {run} was never registered.");
            return ExitCodes.Success;
        }

        var store = await RunStore.OpenAsync(objects, forWriting: true, call.Environment.Time, CancellationToken.None).ConfigureAwait(false);
        var end = await CloseAsync(store, run, $"Its workflow ended ({status}) before it.").ConfigureAwait(false);
        call.Out.WriteLine($"Run {run} is {StatusNames.Of(end)}.");
        return ExitCodes.Success;
    }

    /// <summary>Closes an open run.</summary>
    public static async Task<RunStatus> CloseAsync(RunStore store, RunKey run, string reason)
    {
        if ((await store.ReplayAsync(run, CancellationToken.None).ConfigureAwait(false)).End is { } known) return known.Status;
        await store.CloseAsync(run, reason, options: null, CancellationToken.None).ConfigureAwait(false);
        return (await store.ReplayAsync(run, CancellationToken.None).ConfigureAwait(false)).End?.Status ?? RunStatus.Running;
    }
}
