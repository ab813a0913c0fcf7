using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class StatusVerb : Verb
{
    public override string Name => "status";
    public override string Summary => "Shows the state of a run and its tasks.";
    public override bool TakesRun => true;

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--follow", null, "Show it again whenever it has changed, until the run ends."),
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var (store, run) = await call.FindRunAsync().ConfigureAwait(false);
        if (call.Arguments.Has("--follow"))
        {
            if (call.IsJson) throw new UsageException("FG1003", "Options --follow and --json exclude each other: a document ends, and a run that goes on does not.");
            await FollowAsync(call, store, run).ConfigureAwait(false);
        }
        else if (call.IsJson)
        {
            var state = await store.ReadAsync(run, CancellationToken.None).ConfigureAwait(false);
            await JsonOutput.WriteAsync(call.Environment.OutputStream, json => StatusJson.WriteAsync(json, state)).ConfigureAwait(false);
        }
        else StatusText.Write(call.Out, await store.OverviewAsync(run, CancellationToken.None).ConfigureAwait(false));
        return ExitCodes.Success;
    }

    private static async Task FollowAsync(VerbCall call, RunStore store, RunKey run)
    {
        var fold = await store.ReplayAsync(run, CancellationToken.None).ConfigureAwait(false);
        var follower = new RunFollower(store, run, fold, call.Environment.Time);
        var shown = "";
        Show(RunStatus.Running);
        await foreach (var _ in follower.FollowAsync(CancellationToken.None).ConfigureAwait(false)) Show(RunStatus.Running);
        if (follower.IsAbandoned) Show(RunStatus.Interrupted);

        void Show(RunStatus openStatus)
        {
            var text = new StringWriter { NewLine = "\n" };
            StatusText.Write(text, RunOverview.Of(fold.Build(openStatus)));
            if (text.ToString() is var now && now == shown) return;
            // On a terminal in place of what was there.
            if (shown.Length > 0) call.Out.Write(call.Environment.IsTerminal ? $"\u001b[{shown.Count(c => c == '\n')}F\u001b[J" : "\n");
            call.Out.Write(shown = now);
            call.Out.Flush();
        }
    }
}
