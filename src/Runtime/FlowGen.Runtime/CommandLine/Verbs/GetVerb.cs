using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FlowGen.Runs;
using MessagePack;

namespace FlowGen.CommandLine;

internal sealed class GetVerb : Verb
{
    public override string Name => "get";
    public override string Summary => "Writes an artifact into a file: bytes as they are, text as it is, everything else as JSON.";
    public override int Positionals => 1;
    public override string Usage => "[RUN/]ARTIFACT";

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--to", "FILE", "The file; one that exists is replaced.") { Default = "standard output" },
        new("--task", "TASK", "Of a foreach, which task: fit[3]. The same as ARTIFACT[3] where step and artifact have one name."),
        new("--item", "N", "Only one item of a list, counted from 0. Of a long list that a foreach goes over, only what is around it is read."),
        OptionSpec.Store,
        new("--json", null, "Write JSON, also of bytes (as base64) and text (in quotes)."),
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        if (call.Arguments.Positional is not [var text]) throw new UsageException("FG1003", $"'get' needs the name of an artifact: get {Usage}.");
        var (runName, thing) = ThingName.Parse(text);
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var run = await store.ResolveAsync(call.Flow?.Name, runName, CancellationToken.None).ConfigureAwait(false);
        var state = await store.ReadAsync(run, CancellationToken.None).ConfigureAwait(false);
        var value = Find(state, thing, call.Arguments.Text("--task"));
        Action<Stream, bool> write;
        if (call.Arguments.Text("--item") is { } itemText)
        {
            var item = int.TryParse(itemText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new UsageException("FG1003", $"Option --item: '{itemText}' is not the number of an item, which is counted from 0.");
            var content = await ListItem.ReadAsync(store.Artifacts, value, item, $"{thing} of run {run}").ConfigureAwait(false);
            write = (output, _) => Write(output, content.Write);
        }
        else
        {
            var content = await store.Artifacts.ReadAsync(value, CancellationToken.None).ConfigureAwait(false);
            write = (output, isTerminal) => Write(output, content, call.IsJson, isTerminal);
        }

        if (call.Arguments.Text("--to") is not { } file)
        {
            write(call.Environment.OutputStream, call.Environment.IsTerminal);
            return ExitCodes.Success;
        }

        var path = Path.GetFullPath(file, call.Environment.CurrentDirectory);
        var isDone = false;
        try
        {
            using (var stream = File.Create(path)) write(stream, false);
            isDone = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException("FG1038", $"The file {path} cannot be written: {e.Message.TrimEnd('.')}. Name another one with --to.", ExitCodes.Usage, e);
        }
        finally
        {
            // Half of an artifact looks like a whole one.
            if (!isDone && File.Exists(path)) File.Delete(path);
        }

        call.Out.WriteLine($"{thing} of run {run} in {path}");
        return ExitCodes.Success;
    }

    /// <summary>The value that is meant: of a task, or of the only task.</summary>
    private static StoredValue Find(RunState state, string thing, string? taskText)
    {
        var slash = thing.LastIndexOf('/');
        var (prefix, last) = (thing[..(slash + 1)], thing[(slash + 1)..]);
        var name = TaskName.Parse(last) ?? throw new UsageException("FG1003", $"'{thing}' is not the name of an artifact, such as best, fit[3] or fit.3.");
        var graph = GraphOf(state.Manifest, prefix);
        var artifact = graph.Artifacts.FirstOrDefault(candidate => candidate.Name.Equals(name.Step, StringComparison.OrdinalIgnoreCase));
        if (artifact is null)
        {
            var hint = NearMiss.Of(name.Step, graph.Artifacts.Select(a => a.Name)) is { } near ? $"did you mean {near}?" : $"it has {string.Join(", ", graph.Artifacts.Select(a => a.Name))}.";
            throw new FlowException("FG1008", $"Run {state.Manifest.Run} has no artifact '{thing}'; {hint}", ExitCodes.NotFound);
        }

        var step = graph.Steps[artifact.Step];
        var suffix = new TaskAddress(artifact.Step, name.Index, name.Iteration).Suffix;
        var wanted = taskText ?? prefix + step.Name + suffix;
        if (TaskName.Parse(wanted[(wanted.LastIndexOf('/') + 1)..]) is { } task && !task.Step.Equals(step.Name, StringComparison.OrdinalIgnoreCase))
            throw new UsageException("FG1003", $"Option --task: artifact {artifact.Name} is made by step {step.Name}, not by {task.Step}.");
        var isIteration = wanted.Contains('#', StringComparison.Ordinal);
        var tasks = TaskSelection.Select(state, wanted).Where(found => found.Address.Step == artifact.Step && state.Manifest.Graph.GraphOf(found.Address) == graph && (isIteration || !found.GoesOn)).ToList();
        if (tasks.Count > 1) throw new UsageException("FG1003", $"Artifact {artifact.Name} has a value for each of {Numbers.Show(tasks.Count)} tasks; name one, such as {artifact.Name}{tasks[0].Address.Suffix} or --task {TaskName.ForShell(state.NameOf(tasks[0].Address))}.");
        return tasks is [{ HasSucceeded: true } only] ? only.Outputs[graph.Artifacts.IndexOf(artifact) - step.FirstArtifact]
            : throw new FlowException("FG1008", $"Artifact {artifact.Name}{suffix} of run {state.Manifest.Run} does not exist: {(tasks is [var missing] ? $"its task {state.NameOf(missing.Address)} is {StatusNames.Of(missing.Status)}" : "its step has no tasks")}. 'status' tells more.", ExitCodes.NotFound);
    }

    /// <summary>The graph of the run or, by the names of sub-flows, of one inside of it.</summary>
    private static GraphDescription GraphOf(RunManifest manifest, string prefix)
    {
        var graph = manifest.Graph;
        foreach (var word in prefix.Split('/', StringSplitOptions.RemoveEmptyEntries))
            graph = graph.Steps.FirstOrDefault(step => step.SubFlow is not null && step.Name.Equals(TaskName.Parse(word)?.Step, StringComparison.OrdinalIgnoreCase))?.SubFlow
                ?? throw new FlowException("FG1008", $"Run {manifest.Run} has no sub-flow '{word}'.", ExitCodes.NotFound);
        return graph;
    }

    private static void Write(Stream output, in ReadOnlySequence<byte> content, bool isJson, bool isTerminal)
    {
        var reader = new MessagePackReader(content);
        if (!isJson && reader.NextMessagePackType is MessagePackType.Binary)
        {
            Copy(reader.ReadBytes()!.Value, output);
        }
        else if (!isJson && reader.NextMessagePackType == MessagePackType.String)
        {
            // A terminal is not told what to do by what was read (H13).
            if (isTerminal) output.Write(System.Text.Encoding.UTF8.GetBytes(Printable.Lines(reader.ReadString()!) + "\n"));
            else if (reader.ReadStringSequence() is { } text) Copy(text, output);
        }
        else
        {
            // A copy: what is read cannot be handed on by reference.
            var value = content;
            Write(output, json => MessagePackJson.Write(json, value, full: true));
        }

        output.Flush();
    }

    private static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, JsonOutput.OptionsFor(isIndented: true))) write(json);
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Copy(in ReadOnlySequence<byte> bytes, Stream output)
    {
        foreach (var part in bytes) output.Write(part.Span);
    }
}
