namespace FlowGen.CommandLine;

internal sealed class RunsVerb : Verb
{
    public override string Name => "runs";
    public override string Summary => "Lists your runs, newest first, and compares them.";
    public override IReadOnlyList<OptionSpec> Options => [.. RunQueryOptions.All, OptionSpec.Store, OptionSpec.Json];
    public override string Remarks => RunQueryOptions.Remarks;

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var query = RunQueryOptions.Read(call);
        var rows = await query.FindAsync(await call.OpenStoreAsync().ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => RunsViews.WriteJson(json, rows, query.Show)).ConfigureAwait(false);
        else if (rows.Count > 0) RunsViews.WriteText(call.Out, rows, query.Show);
        else call.Out.WriteLine($"No runs{(query.User is { } user ? $" of {Printable.Line(user)}" : "")} in {call.StorePlace}{(query.User is null ? "" : "; --all-users lists those of everybody")}.");
        return ExitCodes.Success;
    }
}
