using System.Text.Json;
using FlowGen.Executing.Reuse;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class ExplainVerb : Verb
{
    private const int MostTasks = 20;

    public override string Name => "explain";
    public override string Summary => "Tells why a task ran, was reused, waited or failed.";
    public override bool TakesRun => true;
    public override string Usage => "[RUN/]TASK";
    public override string Remarks => "A task is fit, fit[3] or fit.3, score.3.1, improve.3#0; without a run, of the latest one.";
    public override IReadOnlyList<OptionSpec> Options => [OptionSpec.Store, OptionSpec.Json];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var (name, task) = Split(call.Arguments.Positional);
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var run = await store.ReadAsync(await store.ResolveAsync(call.Flow?.Name, name, CancellationToken.None).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        var tasks = TaskSelection.Select(run, task).Take(MostTasks + 1).ToList();
        var reasons = await ReasonsAsync(store, run).ConfigureAwait(false);
        var explanations = tasks.Take(MostTasks).Select(found => Explanation.Of(run, found, reasons)).ToList();
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => WriteJson(json, run, explanations)).ConfigureAwait(false);
        else WriteText(call.Out, run, explanations, hasMore: tasks.Count > MostTasks);
        return ExitCodes.Success;
    }

    private static (string Run, string Task) Split(IReadOnlyList<string> words)
    {
        if (words is not [var text, ..]) throw new UsageException("FG1226", "explain needs the name of a task: explain RUN/TASK, such as explain latest/fit.3.");
        // Names of tasks in sub-flows have slashes, and so have whole names of runs.
        var parts = text.Split('/');
        var run = parts.Length > 2 && RunKey.Parse($"{parts[0]}/{parts[1]}") is not null ? 2 : parts.Length > 1 ? 1 : 0;
        var task = string.Join('/', parts[run..]);
        return task.Length > 0 && parts.All(part => part.Length > 0) ? (run == 0 ? "latest" : string.Join('/', parts[..run]), task)
            : throw new UsageException("FG1226", $"'{text}' is not the name of a task of a run; give RUN/TASK, such as latest/fit.3.");
    }

    private static async Task<TaskReasons?> ReasonsAsync(RunStore store, RunState run)
    {
        if (run.Manifest.Origin is not { } origin) return null;
        try
        {
            var before = await store.ReadAsync(origin, CancellationToken.None).ConfigureAwait(false);
            return new TaskReasons(before, await CodeText.ReadAsync(store.Artifacts, before, CancellationToken.None).ConfigureAwait(false),
                run, await CodeText.ReadAsync(store.Artifacts, run, CancellationToken.None).ConfigureAwait(false));
        }
        catch (FlowException e) when (e.ExitCode == ExitCodes.NotFound)
        {
            return null;
        }
    }

    private static void WriteText(TextWriter output, RunState run, List<Explanation> explanations, bool hasMore)
    {
        foreach (var explanation in explanations)
        {
            output.WriteLine($"{explanation.Task} of {run.Manifest.Run} {Printable.Line(explanation.What)}");
            var table = new TextTable();
            for (var i = 0; i < explanation.Why.Count; i++) table.Add(i == 0 ? "why" : "", Printable.Line(explanation.Why[i]));
            for (var i = 0; i < explanation.Waited.Count; i++) table.Add(i == 0 ? "waited" : "", Printable.Line(explanation.Waited[i]));
            for (var i = 0; i < explanation.Ran.Count; i++) table.Add(i == 0 ? "ran" : "", Printable.Line(explanation.Ran[i]));
            table.WriteTo(output, "  ");
        }

        if (hasMore) output.WriteLine("... and more; name one of them.");
    }

    private static void WriteJson(Utf8JsonWriter json, RunState run, List<Explanation> explanations)
    {
        json.WriteStartObject();
        json.WriteString("flow", run.Manifest.Run.Flow);
        json.WriteString("run", run.Manifest.Run.ToString());
        json.WriteString("origin", run.Manifest.Origin?.ToString());
        json.WriteStartArray("tasks");
        foreach (var explanation in explanations)
        {
            json.WriteStartObject();
            json.WriteString("task", explanation.Task);
            json.WriteString("what", explanation.What);
            ResumePlanJson.WriteTexts(json, "why", explanation.Why);
            ResumePlanJson.WriteTexts(json, "waited", explanation.Waited);
            if (explanation.Ran.Count > 0) ResumePlanJson.WriteTexts(json, "ran", explanation.Ran);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
