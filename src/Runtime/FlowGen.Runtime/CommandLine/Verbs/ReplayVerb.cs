using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using FlowGen.Executing;
using FlowGen.Executing.Replay;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class ReplayVerb : Verb
{
    private static readonly TimeSpan AttachPoll = TimeSpan.FromMilliseconds(200);

    public override string Name => "replay";
    public override string Summary => "Runs one task of a run again here, with its recorded inputs and today's code, and stores nothing.";
    public override int Positionals => 1;
    public override string Usage => "[RUN/]TASK";

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--wait-for-debugger", null, "Waits until a debugger is attached, and stops before the step."),
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks =>
        "What the step writes goes to the console. A result that is not the recorded one is shown beside it.\n" +
        "Started with a debugger, breakpoints in steps are hit: the step runs in this process, without its time limit and retries.\n" +
        "Exit codes: 0 the step ran, 1 it failed.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        if (call.Arguments.Positional is not [var text]) throw new UsageException("FG1003", $"'replay' needs a task: replay {Usage}.");
        var (runName, thing) = ThingName.Parse(text);
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var run = await store.ReadAsync(await store.ResolveAsync(call.Flow?.Name, runName, CancellationToken.None).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
        var only = TaskSelection.One(run, thing);
        var flow = call.Flows.FirstOrDefault(candidate => candidate.Name == run.Manifest.Run.Flow)
            ?? throw new FlowException("FG1007", $"Run {run.Manifest.Run} is of flow '{run.Manifest.Run.Flow}', which this program does not have; replay it with the program that made it.", ExitCodes.Usage);
        if (call.Arguments.Has("--wait-for-debugger")) await WaitForDebuggerAsync(call).ConfigureAwait(false);

        var mask = SecretMask.None;
        var console = Console.Out;
        IReadOnlyList<ReplayedArtifact> artifacts;
        try
        {
            using var aside = ConsoleAside.When(call.IsJson);
            artifacts = await TaskReplay.RunAsync(new RunRequest
            {
                Flow = flow,
                Store = store.Objects,
                Services = call.Environment.Services?.Invoke(),
                Secrets = call.Environment.Secrets,
                Time = call.Environment.Time,
            }, store, run, only, known => mask = known, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not FlowException && !Debugger.IsAttached)
        {
            // People replay to see where it fails, so this stack is no noise.
            await console.FlushAsync().ConfigureAwait(false);
            call.Environment.Error.WriteLine(Printable.Lines(mask.Hide(e.ToString())));
            throw new FlowException("FG1041", $"Task {run.NameOf(only.Address)} failed: {e.GetType().Name}: {mask.Hide(e.Message)}", ExitCodes.RunFailed);
        }

        await console.FlushAsync().ConfigureAwait(false);
        if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => WriteJson(json, run, only, artifacts)).ConfigureAwait(false);
        else await WriteTextAsync(call.Out, store, run, only, artifacts).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static async Task WaitForDebuggerAsync(VerbCall call)
    {
        call.Note($"Process {Environment.ProcessId} waits for a debugger.");
        while (!Debugger.IsAttached) await Task.Delay(AttachPoll, call.Environment.Time).ConfigureAwait(false);
        Debugger.Break();
    }

    private static async Task WriteTextAsync(TextWriter output, RunStore store, RunState run, TaskState task, IReadOnlyList<ReplayedArtifact> artifacts)
    {
        output.WriteLine($"{run.NameOf(task.Address)} of run {run.Manifest.Run}: done{(task.HasSucceeded ? "" : $"; it is {StatusNames.Of(task.Status)} in the run")}");
        foreach (var artifact in artifacts)
        {
            if (artifact.Before?.Hash == artifact.Now.Hash)
            {
                output.WriteLine($"  {artifact.Name}: the same, {Show(artifact.Content)}");
                continue;
            }

            output.WriteLine($"  {artifact.Name}: {Show(artifact.Content)}");
            if (artifact.Before is not { } before) continue;
            var known = before.Size > ArtifactDump.SizeLimit ? $"{Numbers.ShowBytes(before.Size)} {before.Hash}" : Show((await store.Artifacts.ReadAsync(before, CancellationToken.None).ConfigureAwait(false)).ToArray());
            output.WriteLine($"  {new string(' ', artifact.Name.Length)}  not as recorded, {known}");
        }
    }

    private static void WriteJson(Utf8JsonWriter json, RunState run, TaskState task, IReadOnlyList<ReplayedArtifact> artifacts)
    {
        json.WriteStartObject();
        json.WriteString("flow", run.Manifest.Run.Flow);
        json.WriteString("run", run.Manifest.Run.ToString());
        json.WriteString("task", run.NameOf(task.Address));
        json.WriteStartArray("artifacts");
        foreach (var artifact in artifacts)
        {
            json.WriteStartObject();
            json.WriteString("name", artifact.Name);
            json.WriteString("recorded", artifact.Before?.Hash.ToString());
            json.WriteString("hash", artifact.Now.Hash.ToString());
            json.WriteBoolean("same", artifact.Before?.Hash == artifact.Now.Hash);
            json.WritePropertyName("value");
            MessagePackJson.Write(json, new ReadOnlySequence<byte>(artifact.Content), full: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Show(ReadOnlyMemory<byte> content) => JsonValues.Show(JsonValues.Of(json => MessagePackJson.Write(json, new ReadOnlySequence<byte>(content))), 120);
}
