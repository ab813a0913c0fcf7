using FlowGen.Executing;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

internal sealed class ResumeVerb : Verb
{
    public override string Name => "resume";
    public override string Summary => "Makes a new run that takes over every result of a run whose code and inputs are unchanged, and does the rest.";
    public override bool TakesRun => true;
    public override string Remarks =>
        "Parameters keep the values that the run had, but for those that are given here.\n" +
        "Exit codes: as those of run.";

    /// <summary>How much of a run is taken over, for every verb that resumes one.</summary>
    public static IReadOnlyList<OptionSpec> Taking { get; } =
    [
        new("--from", "STEP", "Runs this step and all that depends on it again, whatever is unchanged; may be given several times.") { IsRepeatable = true },
        new("--fork", null, "Although the run seems to be running still."),
    ];

    public override IReadOnlyList<OptionSpec> Options =>
    [
        .. Taking,
        new("--plan", null, "Shows what would run and why, and runs nothing."),
        OptionSpec.Params, OptionSpec.Store, OptionSpec.Json with { Description = "With --plan: write JSON, in the documented shape." }, .. RunVerb.Running, .. EngineOptions.Sending,
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var request = await RequestAsync(call, call.StorePlace, call.RunName).ConfigureAwait(false);
        return call.Arguments.Has("--plan") ? await PlanAsync(call, RunExecution.Complete(call, request)).ConfigureAwait(false) : await RunExecution.ExecuteAsync(call, request).ConfigureAwait(false);
    }

    /// <summary>What is asked for by somebody who resumes a run.</summary>
    /// <param name="call">With the options of <see cref="Taking"/>, and parameters that change.</param>
    /// <param name="place">The store.</param>
    /// <param name="name">Names the run.</param>
    /// <exception cref="FlowException">There is no such run, or this program does not have its flow.</exception>
    public static async Task<RunRequest> RequestAsync(VerbCall call, string place, string name)
    {
        // Opened for reading: the runner opens it for writing once there is something to write.
        var objects = ObjectStores.Open(place);
        var store = await RunStore.OpenAsync(objects, forWriting: false, call.Environment.Time, CancellationToken.None).ConfigureAwait(false);
        var run = await store.ResolveAsync(call.Flow?.Name, name, CancellationToken.None).ConfigureAwait(false);
        var flow = call.Flows.FirstOrDefault(f => f.Name == run.Flow)
            ?? throw new FlowException("FG1007", $"Run {run} is of flow '{run.Flow}', which this program does not have; resume it with the program that made it.", ExitCodes.Usage);
        return new RunRequest
        {
            Flow = flow,
            Store = objects,
            Resume = run,
            Changes = call.Changes,
            From = [.. call.Arguments.Texts("--from") ?? []],
            Fork = call.Arguments.Has("--fork"),
        };
    }

    private static async Task<int> PlanAsync(VerbCall call, RunRequest request)
    {
        var observer = new NoticeObserver(text => call.Environment.Error.WriteLine("note: " + Printable.Line(text)));
        using var signals = new StopSignals();
        var (store, plan, origin) = await ResumePlanner.PlanAsync(request, observer, signals.Stop).ConfigureAwait(false);
        var steps = await PlannedStep.AllAsync(store, plan, origin, signals.Stop).ConfigureAwait(false);
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => ResumePlanJson.Write(json, steps, origin.Manifest.Run)).ConfigureAwait(false);
        else ResumePlanText.Write(call.Out, steps, origin.Manifest.Run);
        return ExitCodes.Success;
    }
}
