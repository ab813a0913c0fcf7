using System.Collections.Immutable;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class RmVerb : Verb
{
    private const int MostRuns = 10_000;

    public override string Name => "rm";
    public override string Summary => "Removes runs, and what only they needed.";
    public override int Positionals => MostRuns;
    public override string Usage => "RUN...";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("--force", null, "Although a run carries a tag, or is a parameter of another run."),
        OptionSpec.DryRun,
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks => "A run that is running is not removed. Results that other runs have taken over stay.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        if (call.Arguments.Positional.Count == 0) throw new UsageException("FG1003", "'rm' needs the runs to remove: rm RUN...");
        var isDry = call.Arguments.Has(OptionSpec.DryRun.Name);
        var store = await StoreUpkeep.OpenAsync(call, isDry).ConfigureAwait(false);
        using var signals = new StopSignals();
        var runs = ImmutableHashSet.CreateBuilder<RunKey>();
        foreach (var name in call.Arguments.Positional) runs.Add(await store.ResolveAsync(call.Flow?.Name, name, signals.Stop).ConfigureAwait(false));
        foreach (var run in runs) await CheckAsync(call, store, run, isDry, signals.Stop).ConfigureAwait(false);
        if (!call.Arguments.Has("--force")) await CheckOthersAsync(store, runs.ToImmutable(), signals.Stop).ConfigureAwait(false);

        var report = await new Collector(store, call.Environment.Time).RunAsync(new RetireRules { Named = runs.ToImmutable() }, isDry, signals.Stop).ConfigureAwait(false);
        await CollectViews.WriteAsync(call, report, isDry).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    /// <summary>A run that cannot be read may always go.</summary>
    private static async ValueTask CheckAsync(VerbCall call, RunStore store, RunKey run, bool isDry, CancellationToken cancel)
    {
        RunSummary summary;
        try
        {
            summary = await store.SummarizeAsync(run, cancel).ConfigureAwait(false);
        }
        catch (FlowException e) when (RunReader.IsUnreadable(e))
        {
            return;
        }

        if (summary.Status == RunStatus.Running) throw new FlowException(RunErrors.Alive, $"The run {run} is running. Stop it before you remove it.", ExitCodes.Usage);
        if (!call.Arguments.Has("--force") && summary.Manifest.Tags.FirstOrDefault(tag => !TagName.IsSystem(tag)) is { } carried)
            throw new FlowException(RunErrors.Needed, $"The run {run} carries the tag '{carried}'. Take it away ('tag {run.Short} --remove {carried}'), or give --force.", ExitCodes.Usage);
        if (summary.Status == RunStatus.Interrupted && !isDry) await store.CloseAsync(run, "Its driver was gone; closed by rm.", null, cancel).ConfigureAwait(false);
    }

    private static async ValueTask CheckOthersAsync(RunStore store, ImmutableHashSet<RunKey> runs, CancellationToken cancel)
    {
        await foreach (var look in store.ListAsync(null, cancel).Where(run => !runs.Contains(run)).SelectAheadAsync(run => RunLook.AtAsync(store, run, cancel), cancel).ConfigureAwait(false))
        {
            if (look.Manifest is { } manifest && RunDependencies.Of(manifest).FirstOrDefault(runs.Contains) is { Id: not null } needed)
                throw new FlowException(RunErrors.Needed, $"The run {needed} is a parameter of the run {look.Run}, which could not be resumed without it. Remove both, or give --force.", ExitCodes.Usage);
        }
    }
}
