using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class RunsVerb : Verb
{
    private const int DefaultLimit = 50;
    private static readonly string[] Statuses = [.. Enum.GetValues<RunStatus>().Select(StatusNames.Of)];

    public override string Name => "runs";
    public override string Summary => "Lists runs, newest first.";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("--limit", "N", "How many at most.") { Default = "50" },
        new("--all", null, "All of them."),
        new("--status", string.Join('|', Statuses), "Only those in this state.") { Choices = Statuses },
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var limit = call.Arguments.Count("--limit") ?? (call.Arguments.Has("--all") ? int.MaxValue : DefaultLimit);
        var status = call.Arguments.Text("--status");
        if (status is not null && !Statuses.Contains(status)) throw new UsageException("FG1003", $"Option --status: '{status}' is not one of {string.Join(", ", Statuses)}.");

        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var runs = new List<RunSummary>();
        await foreach (var key in store.ListAsync(call.Flow?.Name, CancellationToken.None).ConfigureAwait(false))
        {
            var run = await store.SummarizeAsync(key, CancellationToken.None).ConfigureAwait(false);
            if (status is null || StatusNames.Of(run.Status) == status) runs.Add(run);
            if (runs.Count == limit) break;
        }

        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => RunsViews.WriteJson(json, runs)).ConfigureAwait(false);
        else if (runs.Count > 0) RunsViews.WriteText(call.Out, runs);
        else call.Out.WriteLine($"No runs in {call.StorePlace}.");
        return ExitCodes.Success;
    }
}
