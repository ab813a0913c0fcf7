using FlowGen.CommandLine;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>What the log of a run says of a flow.</summary>
/// <param name="Flow">The flow; <c>null</c> if the run did not come to it.</param>
/// <param name="Run">The run.</param>
internal sealed record EarlierFlow(FlowState? Flow, RunManifest Run)
{
    /// <summary>A run and those that it resumed, by position, each read when it is asked for. What was deleted ends them.</summary>
    public static Func<int, Task<EarlierFlow?>> Chain(RunStore store, RunState origin, CancellationToken cancel)
    {
        var (gate, runs) = (new Lock(), new List<Task<EarlierFlow?>> { Task.FromResult<EarlierFlow?>(new EarlierFlow(origin, origin.Manifest)) });
        return position =>
        {
            lock (gate)
            {
                while (position >= runs.Count) runs.Add(BeforeAsync(runs[^1]));
                return runs[position];
            }
        };

        async Task<EarlierFlow?> BeforeAsync(Task<EarlierFlow?> later)
        {
            if (await later.ConfigureAwait(false) is not { Run.Origin: { } earlier }) return null;
            try
            {
                if (!await store.MayReuseAsync(earlier, cancel).ConfigureAwait(false)) return null;
                var found = await store.ReadAsync(earlier, cancel).ConfigureAwait(false);
                return new EarlierFlow(found, found.Manifest);
            }
            catch (FlowException e) when (e.ExitCode != ExitCodes.StoreUnusable)
            {
                return null;
            }
        }
    }
}
