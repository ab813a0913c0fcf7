using FlowGen.Executing;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

internal sealed class ResumeVerb : Verb
{
    public override string Name => "resume";
    public override string Summary => "Makes a new run that takes over what a run has finished and does the rest.";
    public override bool TakesRun => true;
    public override IReadOnlyList<OptionSpec> Options { get; } = [new("--fork", null, "Although the run seems to be running still."), OptionSpec.Store, .. RunVerb.Running];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        // Opened for reading: the runner opens it for writing once there is something to write.
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var run = await store.ResolveAsync(call.Flow?.Name, call.RunName, CancellationToken.None).ConfigureAwait(false);
        var flow = call.Flows.FirstOrDefault(f => f.Name == run.Flow)
            ?? throw new FlowException("FG1007", $"Run {run} is of flow '{run.Flow}', which this program does not have; resume it with the program that made it.", ExitCodes.Usage);
        return await RunExecution.ExecuteAsync(call, new RunRequest
        {
            Flow = flow,
            Store = ObjectStores.Open(call.StorePlace),
            Resume = run,
            Fork = call.Arguments.Has("--fork"),
        }).ConfigureAwait(false);
    }
}
