using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Executing.Reuse;

/// <summary>
/// Finds out what a resume would do by doing it, but for calling steps and writing to the store: a task that no earlier result stands for fails at once, so all that depends on what it would
/// make is blocked by it. There is no second opinion about what is reused.
/// </summary>
internal static class ResumePlanner
{
    /// <summary>Type of the error of a task that would run.</summary>
    public const string WouldRun = "FlowGen.WouldRun";

    /// <summary>The run as it would begin, and the store in which it is.</summary>
    public static async Task<(RunStore Store, RunState Plan, RunState Origin)> PlanAsync(RunRequest request, IRunObserver observer, CancellationToken stop)
    {
        var scratch = new OverlayStore(request.Store, request.Time);
        var (run, _) = await FlowRunner.RunAsync(request with { Store = scratch, IsPlan = true, Flow = request.Flow with { Finally = [] }, FailFast = false }, observer, stop, stop).ConfigureAwait(false);
        var store = await RunStore.OpenAsync(scratch, forWriting: false, request.Time, stop).ConfigureAwait(false);
        return (store, await store.ReadAsync(run, stop).ConfigureAwait(false), await store.ReadAsync(request.Resume!.Value, stop).ConfigureAwait(false));
    }

    /// <summary>What becomes of a task that would run.</summary>
    public static AttemptResult Refuse() => new(AttemptEnd.Failed)
    {
        IsForGood = true,
        Error = new TaskError(TaskErrorKind.System, WouldRun, "It would run.", null),
    };
}
