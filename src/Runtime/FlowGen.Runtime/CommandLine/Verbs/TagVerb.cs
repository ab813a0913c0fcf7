using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class TagVerb : Verb
{
    public override string Name => "tag";
    public override string Summary => "Gives tags to a run, takes them away, or shows them.";
    public override bool TakesRun => true;

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--add", "TAG", "Gives a tag to the run; may be given several times.") { IsRepeatable = true },
        new("--remove", "TAG", "Takes a tag from the run; may be given several times.") { IsRepeatable = true },
        new("--move", "TAG", "Gives a tag to the run and takes it from all other runs of its flow, at one moment.") { IsRepeatable = true },
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks => "A run is named by a tag that it alone carries: 'status @champion'.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var (add, remove, move) = (Tags(call, "--add"), Tags(call, "--remove"), Tags(call, "--move"));
        if (add.Concat(move).Intersect(remove).FirstOrDefault() is { } both) throw new UsageException("FG1003", $"The tag '{both}' cannot be given and taken at the same time.");

        var (store, run) = await call.FindRunAsync(forWriting: add.Count + remove.Count + move.Count > 0).ConfigureAwait(false);
        var before = (await store.SummarizeAsync(run, CancellationToken.None).ConfigureAwait(false)).Manifest.Tags;
        if (remove.FirstOrDefault(tag => !before.Contains(tag)) is { } missing)
            throw new FlowException("FG1035", $"Run {run} does not carry the tag '{missing}'; {(NearMiss.Of(missing, before) is { } near ? $"did you mean '{near}'?" : before.IsEmpty ? "it carries none." : $"it carries {string.Join(", ", before)}.")}", ExitCodes.NotFound);

        add = [.. add.Except(before)];
        if (add.Count + remove.Count > 0) await store.Tags.ChangeAsync(run, add, remove, CancellationToken.None).ConfigureAwait(false);
        foreach (var tag in move) await store.Tags.MoveAsync(run, tag, CancellationToken.None).ConfigureAwait(false);

        if (add.Count + move.Count > 0)
        {
            // Asked for after the tags are there: a collection that has begun may not see them any more (M2).
            var newest = await store.Generations.NewestAsync(CancellationToken.None).ConfigureAwait(false);
            if (newest.IsRetired(run) || newest.Candidates.Contains(run)) throw RunErrors.Removed(run, store.Objects.Location);
        }

        var after = (await store.SummarizeAsync(run, CancellationToken.None).ConfigureAwait(false)).Manifest.Tags;
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json =>
        {
            json.WriteStartObject();
            json.WriteString("flow", run.Flow);
            json.WriteString("run", run.ToString());
            json.WriteTexts("tags", after);
            json.WriteEndObject();
        }).ConfigureAwait(false);
        else call.Out.WriteLine($"{run}: {(after.IsEmpty ? "no tags" : Printable.Line(string.Join(", ", after)))}");
        return ExitCodes.Success;
    }

    private static IReadOnlyList<string> Tags(VerbCall call, string option) =>
        [.. (call.Arguments.Texts(option) ?? []).Select(tag => TagName.WhyNot(tag) is { } why ? throw new UsageException("FG1030", $"Option {option}: '{tag}' {why}.") : tag).Distinct()];
}
