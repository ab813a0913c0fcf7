using System.Collections.Immutable;
using FlowGen.Argo.Manifests;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Executing;
using FlowGen.Executing.Remote;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.Argo.Turns;

/// <summary>Takes the run over for a moment, and hands it over.</summary>
internal static class TurnOfStep
{
    /// <summary>The workflow watches over its pods, so none has to watch over a driver that is there for moments only.</summary>
    private static readonly TimeSpan NeverOrphan = TimeSpan.FromDays(36500);

    /// <summary>Decides what of a step is to be done. A run that has ended, or ends here, has nothing to do: <see cref="FinishAsync"/> says how it ended.</summary>
    public static async Task<int> PlanAsync(VerbCall call, RunKey run, StepDefinition step, string folder, int maxJobs, int sliceSeconds)
    {
        var turn = new DriverTurn(step.Name);
        if (await DriveAsync(call, run, turn, maxJobs, sliceSeconds).ConfigureAwait(false) == RunStatus.Interrupted && !turn.IsOver) return ExitCodes.HandedOver;
        await TurnOutputs.WriteAsync(folder, run, turn, [.. JobPlan.Of(step, "").Select(static job => job.Path)], CancellationToken.None).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    /// <summary>Ends the run.</summary>
    /// <returns>The exit code of the run.</returns>
    /// <exception cref="FlowException">FG1382: there is something left to do.</exception>
    public static async Task<int> FinishAsync(VerbCall call, RunKey run)
    {
        var turn = new DriverTurn(step: null);
        var status = await DriveAsync(call, run, turn, maxJobs: 1, sliceSeconds: 1).ConfigureAwait(false);
        if (status != RunStatus.Interrupted)
        {
            call.Out.WriteLine($"Run {run} is {StatusNames.Of(status)} and closed.");
            return ExitCodes.Of(status);
        }

        return !turn.IsOver ? ExitCodes.HandedOver : throw new FlowException(ArgoErrors.NotFinished, $"Run {run} is not finished, though its workflow has run all its steps: the image is not that of the manifest, or somebody else drives the run. 'drive {run.Short}' goes on with it here; write the manifest again for the next one.", ExitCodes.RunFailed);
    }

    private static async Task<RunStatus> DriveAsync(VerbCall call, RunKey run, DriverTurn turn, int maxJobs, int sliceSeconds)
    {
        var environment = call.Environment;
        var objects = ObjectStores.Open(call.StorePlace);
        await CancelIfAskedAsync(objects, run, environment.Time).ConfigureAwait(false);
        var request = new RunRequest
        {
            Flow = call.Flow!,
            Store = objects,
            ProjectDirectory = environment.ProjectDirectory ?? AppContext.BaseDirectory,
            Secrets = environment.Secrets,
            Services = environment.Services?.Invoke(),
            Time = environment.Time,
            Remote = submission => new RemoteOptions { Engine = turn, Turn = turn, Submission = submission ?? ArgoWork.Submission(ImmutableSortedDictionary<string, string>.Empty), MaxJobs = maxJobs, SliceWork = TimeSpan.FromSeconds(sliceSeconds), OrphanTimeout = NeverOrphan },
        };
        RunView view = new PlainView(call.Flow!, environment.Out, environment.Time);
        using var signals = new StopSignals(handsOver: true);
        await using (view.ConfigureAwait(false)) return await FlowRunner.ContinueAsync(request, run, view, signals.Stop, signals.Abort, signals.Release).ConfigureAwait(false);
    }

    /// <summary>Who asked that the run be stopped may have done so while nobody drove it.</summary>
    private static async Task CancelIfAskedAsync(IObjectStore objects, RunKey run, TimeProvider time)
    {
        if (await RunRequests.ReadAsync(objects, run, 0, CancellationToken.None).ConfigureAwait(false) != RunRequests.Cancel) return;
        var store = await RunStore.OpenAsync(objects, forWriting: true, time, CancellationToken.None).ConfigureAwait(false);
        await RunClosing.CloseAsync(store, run, "The run was stopped.").ConfigureAwait(false);
    }
}
