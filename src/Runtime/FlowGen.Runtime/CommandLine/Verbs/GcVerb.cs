using System.Collections.Immutable;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class GcVerb : Verb
{
    public override string Name => "gc";
    public override string Summary => "Removes what no run needs, and runs that rules let go.";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("--older-than", "AGE", "Removes runs that were made longer ago, such as 30d."),
        new("--keep-last", "N", "Of each flow, keeps the newest N runs, whatever their age."),
        new("--keep-tagged", null, "Keeps runs that somebody gave a tag."),
        new("--keep-tag", "TAG", "Keeps runs that carry this tag; may be given several times.") { IsRepeatable = true },
        new("--all-flows", null, "Removes runs of all flows in the store, not only of those of this program."),
        OptionSpec.DryRun,
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks =>
        "A run goes if every rule that is given lets it go; without --older-than or --keep-last, none does. Runs that are open,\n" +
        "and those that are parameters of runs that stay, are kept. An open run without a sign of life for a day is closed.\n" +
        "It is safe while runs are running. Content that an open run may be using is removed after that run.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var arguments = call.Arguments;
        var rules = new RetireRules
        {
            OlderThan = arguments.Duration("--older-than"),
            KeepLast = arguments.Count("--keep-last"),
            KeepTagged = arguments.Has("--keep-tagged"),
            KeepTags = [.. (arguments.Texts("--keep-tag") ?? []).Select(tag => tag.TrimStart('@'))],
            Flows = arguments.Has("--all-flows") ? null : (call.Flow is { } flow ? [flow] : call.Flows).Select(known => known.Name).ToImmutableHashSet(),
        };
        if (!rules.Select && (rules.KeepTagged || !rules.KeepTags.IsEmpty))
            throw new UsageException("FG1003", "--keep-tagged and --keep-tag say which runs stay; say with --older-than or --keep-last which go.");
        var isDry = arguments.Has(OptionSpec.DryRun.Name);
        var store = await StoreUpkeep.OpenAsync(call, isDry).ConfigureAwait(false);
        using var signals = new StopSignals();
        var report = await new Collector(store, call.Environment.Time).RunAsync(rules, isDry, signals.Stop).ConfigureAwait(false);
        await CollectViews.WriteAsync(call, report, isDry).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
