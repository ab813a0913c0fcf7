namespace FlowGen.CommandLine;

internal sealed class StatusVerb : Verb
{
    public override string Name => "status";
    public override string Summary => "Shows the state of a run and its tasks.";
    public override bool TakesRun => true;
    public override IReadOnlyList<OptionSpec> Options { get; } = [OptionSpec.Store, OptionSpec.Json];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var (store, run) = await call.FindRunAsync().ConfigureAwait(false);
        if (call.IsJson)
        {
            var state = await store.ReadAsync(run, CancellationToken.None).ConfigureAwait(false);
            await JsonOutput.WriteAsync(call.Environment.OutputStream, json => StatusJson.WriteAsync(json, state)).ConfigureAwait(false);
        }
        else StatusText.Write(call.Out, await store.OverviewAsync(run, CancellationToken.None).ConfigureAwait(false));
        return ExitCodes.Success;
    }
}
