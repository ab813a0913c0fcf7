using FlowGen.Engines;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class CancelVerb : Verb
{
    /// <summary>How long a driver may take to hear of it and to stop its steps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public override string Name => "cancel";
    public override string Summary => "Stops a run, wherever it is driven; what it has finished stays, and 'resume' goes on from there.";
    public override bool TakesRun => true;

    public override IReadOnlyList<OptionSpec> Options => [OptionSpec.Store];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var (store, run) = await call.FindRunAsync(forWriting: true).ConfigureAwait(false);
        var time = call.Environment.Time;
        var fold = await store.ReplayAsync(run, CancellationToken.None).ConfigureAwait(false);
        if (fold.End is { } end)
        {
            call.Out.WriteLine($"Run {run} is {StatusNames.Of(end.Status)} already.");
            return ExitCodes.Success;
        }

        await RunRequests.CancelAsync(store.Objects, run, call.Environment.User, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        if ((await store.LivenessAsync(run, fold, CancellationToken.None).ConfigureAwait(false)).IsAlive)
        {
            call.Out.WriteLine($"Run {run} is asked to stop.");
            await call.Out.FlushAsync().ConfigureAwait(false);
            using var patience = new CancellationTokenSource(Patience, time);
            try
            {
                await foreach (var _ in new RunFollower(store, run, fold, time).FollowAsync(patience.Token).ConfigureAwait(false)) { }
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw new FlowException("FG1308", $"The driver of run {run} has not stopped it within {Patience.TotalSeconds:0} s. It has the request; 'status {run.Short}' shows when it has obeyed.", ExitCodes.RunFailed);
            }
        }

        // Nobody answers, or the driver went in this moment.
        if (fold.End is null)
        {
            await StopJobsAsync(store, run, fold.Submission, time).ConfigureAwait(false);
            await store.CloseAsync(run, $"Cancelled by {call.Environment.User}.", options: null, CancellationToken.None).ConfigureAwait(false);
            fold = await store.ReplayAsync(run, CancellationToken.None).ConfigureAwait(false);
        }

        call.Out.WriteLine($"Run {run} is {StatusNames.Of(fold.End?.Status ?? RunStatus.Running)}.");
        return fold.End is null ? ExitCodes.RunFailed : ExitCodes.Success;
    }

    private static async Task StopJobsAsync(RunStore store, RunKey run, RunSubmitted? submission, TimeProvider time)
    {
        if (submission is null || submission.Engine == RunSubmitted.Local || !EngineCatalog.Find(submission.Engine).StartsJobs) return;
        var engine = EngineCatalog.Find(submission.Engine).Open(EngineCatalog.SettingsOf(submission, store.Objects.Location), time);
        await using (engine.ConfigureAwait(false))
        {
            try
            {
                var jobs = await engine.ListAsync(run.ToString(), CancellationToken.None).ConfigureAwait(false);
                if (jobs.Count > 0) await engine.StopAsync(run.ToString(), [.. jobs.Keys], CancellationToken.None).ConfigureAwait(false);
            }
            catch (EngineUnavailableException e)
            {
                throw new FlowException("FG1308", $"Run {run} has no driver, and its jobs cannot be stopped: {e.Message} Try again.", ExitCodes.RunFailed, e);
            }
        }
    }
}
