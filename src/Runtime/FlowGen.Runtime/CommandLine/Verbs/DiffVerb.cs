using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class DiffVerb : Verb
{
    public override string Name => "diff";
    public override string Summary => "Shows what differs between two runs: parameters, policies, packages, code, artifacts, times.";
    public override int Positionals => 2;
    public override string Usage => "RUN [RUN]";
    public override IReadOnlyList<OptionSpec> Options => [OptionSpec.Store, OptionSpec.Json];
    public override string Remarks => "The first run is compared with the second, which is the latest by default. 'code diff' shows the lines of code.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        if (call.Arguments.Positional.Count == 0) throw new UsageException("FG1003", $"'diff' needs at least one run: diff {Usage}.");
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var before = await ReadAsync(call.Arguments.Positional[0]).ConfigureAwait(false);
        var after = await ReadAsync(call.Arguments.Positional is [_, var second] ? second : "latest").ConfigureAwait(false);
        var diff = RunDiff.Of(before, after, await SourcesAsync().ConfigureAwait(false));
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => RunDiffJson.Write(json, diff)).ConfigureAwait(false);
        else await RunDiffText.WriteAsync(call.Out, diff, store.Artifacts.ReadAsync).ConfigureAwait(false);
        return ExitCodes.Success;

        async Task<RunState> ReadAsync(string name) =>
            await store.ReadAsync(await store.ResolveAsync(call.Flow?.Name, name, CancellationToken.None).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);

        async Task<(SourceSnapshot, SourceSnapshot)?> SourcesAsync()
        {
            try
            {
                return (await Snapshots.ReadAsync(store, before.Manifest, CancellationToken.None).ConfigureAwait(false), await Snapshots.ReadAsync(store, after.Manifest, CancellationToken.None).ConfigureAwait(false));
            }
            catch (FlowException e) when (e.Code == "FG1036")
            {
                return null;
            }
        }
    }
}
