using System.Buffers;
using System.Text.Json;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class LineageVerb : Verb
{
    private const int ShownProducers = 5;

    public override string Name => "lineage";
    public override string Summary => "Shows what a task was computed from, back to the parameters.";
    public override int Positionals => 1;
    public override string Usage => "[RUN/]TASK";
    public override IReadOnlyList<OptionSpec> Options => [OptionSpec.Store, OptionSpec.Json];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        if (call.Arguments.Positional is not [var text]) throw new UsageException("FG1003", $"'lineage' needs a task: lineage {Usage}.");
        var (runName, thing) = ThingName.Parse(text);
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var run = await store.ReadAsync(await store.ResolveAsync(call.Flow?.Name, runName, CancellationToken.None).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        var only = TaskSelection.One(run, thing);
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => WriteJsonAsync(json, run, only)).ConfigureAwait(false);
        else WriteText(call.Out, run, new Lineage(run), only, "", []);
        return ExitCodes.Success;
    }

    private static void WriteText(TextWriter output, RunState run, Lineage lineage, TaskState task, string indent, HashSet<TaskAddress> told)
    {
        var isNew = told.Add(task.Address);
        var origin = task.Origin is { } made ? $" from {made}" : "";
        output.WriteLine($"{indent}{run.NameOf(task.Address)}: {StatusNames.Of(task.Status)}{Printable.Line(origin)}{(isNew ? "" : " (see above)")}");
        if (!isNew) return;
        foreach (var input in lineage.InputsOf(task))
        {
            var named = input.Input.Name == input.Source ? input.Source : $"{input.Input.Name} = {input.Source}";
            if (input.Input.Kind == SourceKind.Parameter)
            {
                if (task.Address.Outer is { } outer && run.Find(outer.Task) is { } given)
                {
                    output.WriteLine($"{indent}  {named}: parameter of {run.NameOf(given.Address)}");
                    WriteText(output, run, lineage, given, indent + "    ", told);
                    continue;
                }

                var value = run.Manifest.Parameters.FirstOrDefault(parameter => parameter.Name == input.Source) is { } known ? Show(known) : "?";
                output.WriteLine($"{indent}  {named}: parameter, {value}{Item(run, task, input)}");
                continue;
            }

            if (input.Tasks is [var producer])
            {
                output.WriteLine($"{indent}  {named}:{Hash(producer, input)}{Item(run, task, input)}");
                WriteText(output, run, lineage, producer, indent + "    ", told);
                continue;
            }

            output.WriteLine($"{indent}  {named}: {Numbers.Show(input.Tasks.Length)} tasks");
            foreach (var one in input.Tasks.Take(ShownProducers)) output.WriteLine($"{indent}    {run.NameOf(one.Address)}: {StatusNames.Of(one.Status)}{Hash(one, input)}");
            if (input.Tasks.Length > ShownProducers) output.WriteLine($"{indent}    ... and {Numbers.Show(input.Tasks.Length - ShownProducers)} more; --json lists them all, with what they were computed from.");
        }
    }

    /// <summary>Everything that the task rests on, each task once, those that are needed first after those that need them.</summary>
    private static async Task WriteJsonAsync(Utf8JsonWriter json, RunState run, TaskState first)
    {
        json.WriteStartObject();
        json.WriteString("flow", run.Manifest.Run.Flow);
        json.WriteString("run", run.Manifest.Run.ToString());
        json.WriteStartArray("tasks");
        var lineage = new Lineage(run);
        var (queue, told) = (new Queue<TaskState>([first]), new HashSet<TaskAddress> { first.Address });
        while (queue.TryDequeue(out var task))
        {
            json.WriteStartObject();
            json.WriteString("task", run.NameOf(task.Address));
            json.WriteString("status", StatusNames.Of(task.Status));
            json.WriteString("origin", task.Origin);
            json.WriteStartArray("outputs");
            WriteOutputs(json, run, task);
            json.WriteEndArray();
            json.WriteStartArray("inputs");
            foreach (var input in lineage.InputsOf(task))
            {
                json.WriteStartObject();
                json.WriteString("name", input.Input.Name);
                json.WriteString(input.Input.Kind == SourceKind.Parameter ? "parameter" : "artifact", input.Source);
                json.WriteTexts("tasks", input.Tasks.Concat(OuterOf(run, task, input)).Select(producer => run.NameOf(producer.Address)));
                json.WriteEndObject();
                foreach (var producer in input.Tasks.Concat(OuterOf(run, task, input)))
                    if (told.Add(producer.Address)) queue.Enqueue(producer);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            if (json.BytesPending > JsonOutput.FlushAt) await json.FlushAsync().ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter json, RunState run, TaskState task)
    {
        var graph = run.Manifest.Graph;
        for (var i = 0; i < task.Outputs.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", graph.GraphOf(task.Address).Artifacts[graph.StepOf(task.Address).FirstArtifact + i].Name);
            json.WriteString("hash", task.Outputs[i].Hash.ToString());
            json.WriteEndObject();
        }
    }

    /// <summary>What a parameter of a sub-flow was given by: the task that the sub-flow is.</summary>
    private static IEnumerable<TaskState> OuterOf(RunState run, TaskState task, LineageInput input) =>
        input.Input.Kind == SourceKind.Parameter && task.Address.Outer is { } outer && run.Find(outer.Task) is { } given ? [given] : [];

    private static string Hash(TaskState producer, LineageInput input) => producer.HasSucceeded ? " " + producer.Outputs[input.Output].Hash.ToString()[..12] : "";

    private static string Item(RunState run, TaskState task, LineageInput input) =>
        input.Input.Shape == InputShape.Item && run.Manifest.Graph.StepOf(task.Address).Scope.IndexOf(input.Input.Dimension) is >= 0 and var at && at < task.Address.Index.Count
            ? $", item {task.Address.Index.ToArray()[at]}" : "";

    private static string Show(RecordedParameter parameter) => JsonValues.Show(JsonValues.Of(json => MessagePackJson.Write(json, new ReadOnlySequence<byte>(parameter.Value))));
}
