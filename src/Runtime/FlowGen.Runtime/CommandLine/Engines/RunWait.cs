using FlowGen.Engines;
using FlowGen.Executing;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Follows a run that goes on elsewhere to its end, and shows it as if it ran here.</summary>
internal static class RunWait
{
    private static readonly TimeSpan EnginePoll = TimeSpan.FromSeconds(10);

    /// <param name="call">Where to write.</param>
    /// <param name="store">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="engine">Is asked whether the driver still lives; <c>null</c> for this machine.</param>
    /// <param name="isQuiet">Whether nothing is shown.</param>
    /// <returns>The exit code of the run.</returns>
    /// <exception cref="FlowException">FG1307: its driver is gone for good.</exception>
    public static async Task<int> WaitAsync(VerbCall call, RunStore store, RunKey run, IJobEngine? engine, bool isQuiet)
    {
        var environment = call.Environment;
        RunView view = isQuiet ? new QuietView(call.Flow!, environment.Error, environment.Time) : new PlainView(call.Flow!, environment.Out, environment.Time);
        using var signals = new StopSignals();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(signals.Stop);
        var fold = await store.ReplayAsync(run, CancellationToken.None).ConfigureAwait(false);
        JobReport? ended = null;
        var watching = engine is null ? Task.CompletedTask : WatchAsync();
        await using (view.ConfigureAwait(false))
        {
            try
            {
                await FollowAsync(view, store, run, fold, environment.Time, gone.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                // Somebody at the terminal, or the end of the driver, ends the waiting; the run is what it is.
            }
        }

        var isStopped = signals.Stop.IsCancellationRequested;
        await gone.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (engine is not null) await engine.DisposeAsync().ConfigureAwait(false);
        if (fold.End is { } end)
        {
            if (!isQuiet) RunReport.Write(call.Out, view, run, end.Status, environment.Program, store.Objects.Location);
            await call.Out.FlushAsync().ConfigureAwait(false);
            if (end.Status == RunStatus.Failed) environment.Error.WriteLine($"error FG1220: Run {run} failed: {Printable.Line(end.Reason ?? "")}");
            return ExitCodes.Of(end.Status);
        }

        if (!isStopped) throw new FlowException("FG1307", $"The driver of run {run} is gone{(ended is null ? "" : $": {Executing.Remote.JobVerdict.Why(ended) ?? "its job has ended"}")}. 'drive {run.Short}' goes on with the run here, 'cancel {run.Short}' closes it.", ExitCodes.RunFailed);
        call.Note($"Run {run} goes on; 'cancel {run.Short}' stops it.");
        return ExitCodes.Interrupted;

        async Task WatchAsync()
        {
            for (var missing = 0; missing < 2;)
            {
                await Task.Delay(EnginePoll, environment.Time, gone.Token).ConfigureAwait(false);
                try
                {
                    ended = (await engine!.ListAsync(run.ToString(), gone.Token).ConfigureAwait(false)).GetValueOrDefault(SliceName.DriverOf(run));
                    missing = ended is { HasEnded: false } ? 0 : missing + 1;
                }
                catch (EngineUnavailableException)
                {
                    // It may be back the next time.
                }
            }

            // What the driver wrote last may not have been read yet.
            await Task.Delay(EnginePoll, environment.Time, gone.Token).ConfigureAwait(false);
            await gone.CancelAsync().ConfigureAwait(false);
        }
    }

    private static async Task FollowAsync(RunView view, RunStore store, RunKey run, RunFold fold, TimeProvider time, CancellationToken stop)
    {
        var serial = new SerialObserver(view);
        view.RunStarted(fold.Manifest!, view.Flow, store.Objects.Location);
        foreach (var record in Beginning(fold)) serial.Tell(record);
        await foreach (var slots in new RunFollower(store, run, fold, time).FollowAsync(stop).ConfigureAwait(false))
        {
            foreach (var (outer, record) in slots.SelectMany(slot => slot.Records).Select(record => LogsVerb.Unwrap(null, record)))
            {
                var placed = outer is null ? record : Journal.Placed(record, outer);
                if (placed is TaskStarted started) view.AttemptStarted(started.Task with { Outer = outer }, started.Attempt);
                else serial.Tell(placed);
            }
        }
    }

    /// <summary>What had happened before somebody looked.</summary>
    private static IEnumerable<RunRecord> Beginning(RunFold fold)
    {
        var state = fold.Build(RunStatus.Running);
        foreach (var flow in state.Flows)
            foreach (var sized in flow.Extents.Records()) yield return sized with { Outer = flow.Outer };
        foreach (var task in state.Tasks)
        {
            if (task.HasSucceeded) yield return new TaskSucceeded(task.Address, task.Attempts, task.AttemptId, task.Started ?? default, task.Duration ?? default, task.Outputs, task.Origin, task.Marks, task.Key);
            else if (task is { Status: FlowTaskStatus.Failed, Error: { } error }) yield return new TaskFailed(task.Address, task.Attempts, task.AttemptId, task.Started ?? default, task.Duration ?? default, error);
        }
    }
}
