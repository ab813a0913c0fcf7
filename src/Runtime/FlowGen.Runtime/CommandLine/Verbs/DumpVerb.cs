namespace FlowGen.CommandLine;

internal sealed class DumpVerb : Verb
{
    public override string Name => "dump";
    public override string Summary => "Shows the artifacts of a run.";
    public override bool TakesRun => true;

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--task", "TASK", "Only those of a step (fit) or task (score[3,1], score.3.1)."),
        new("--artifact", "NAME", "Only those of this name."),
        new("--full", null, "Long arrays to their end, and artifacts over 64 MiB."),
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var (store, state) = await call.ReadRunAsync().ConfigureAwait(false);
        var dump = new ArtifactDump(state, store.Artifacts.ReadAsync, call.Arguments.Has("--full"));
        var selected = dump.Select(TaskSelection.Select(state, call.Arguments.Text("--task")), call.Arguments.Text("--artifact"));
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => dump.WriteJsonAsync(json, selected)).ConfigureAwait(false);
        else await dump.WriteTextAsync(call.Out, selected).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
