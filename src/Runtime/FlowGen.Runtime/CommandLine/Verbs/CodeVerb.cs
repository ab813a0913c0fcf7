using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

internal sealed class CodeVerb : Verb
{
    private static readonly string[] s_actions = ["list", "pull", "diff"];

    public override string Name => "code";
    public override string Summary => "Lists or writes the source that a run ran, or what has changed since.";
    public override int Positionals => 3;
    public override string Usage => "list|pull|diff [RUN] [RUN]";

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--to", "FOLDER", "pull: the folder to write, empty or new.") { Default = "source-<run> in the current directory" },
        OptionSpec.Store,
        OptionSpec.Json,
    ];

    public override string Remarks =>
        "list shows the files, pull writes them, diff compares with a second run, or else with this program as it was built now.\n" +
        "What the build embeds is stored with each run: the compiled files and project files that git does not ignore.";

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var action = call.Arguments.Positional is [var first, ..] ? first : throw new UsageException("FG1003", $"'code' needs to know what to do: {Usage}.");
        if (!s_actions.Contains(action)) throw new UsageException("FG1003", $"'code {Printable.Line(action)}' does not exist{(NearMiss.Of(action, s_actions) is { } near ? $"; did you mean 'code {near}'?" : $"; there are {string.Join(", ", s_actions.Select(known => "code " + known))}.")}");
        var names = call.Arguments.Positional.Skip(1).ToArray();
        if (names.Length == 2 && action != "diff") throw new UsageException("FG1002", $"'{names[1]}' is one argument too many for 'code {action}'.");

        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var (manifest, snapshot) = await ReadAsync(call, store, names is [var name, ..] ? name : "latest").ConfigureAwait(false);
        if (action == "diff")
        {
            var other = names is [_, var second] ? (await ReadAsync(call, store, second).ConfigureAwait(false)).Snapshot : OfThisProgram();
            await DiffAsync(call, snapshot, other).ConfigureAwait(false);
        }
        else if (action == "pull")
        {
            var folder = Path.GetFullPath(call.Arguments.Text("--to") ?? "source-" + manifest.Run.Short, call.Environment.CurrentDirectory);
            SourceFolder.Write(snapshot, folder);
            if (call.IsJson) await ListAsync(call, manifest, snapshot).ConfigureAwait(false);
            else call.Out.WriteLine($"{(snapshot.Files.Count == 1 ? "1 file" : Numbers.Show(snapshot.Files.Count) + " files")} of run {manifest.Run} in {folder}");
        }
        else if (call.IsJson) await ListAsync(call, manifest, snapshot).ConfigureAwait(false);
        else foreach (var (path, _) in snapshot.Files) call.Out.WriteLine(Printable.Line(path));

        return ExitCodes.Success;
    }

    private static async Task<(RunManifest Manifest, SourceSnapshot Snapshot)> ReadAsync(VerbCall call, RunStore store, string name)
    {
        var run = await store.ResolveAsync(call.Flow?.Name, name, CancellationToken.None).ConfigureAwait(false);
        var manifest = (await store.SummarizeAsync(run, CancellationToken.None).ConfigureAwait(false)).Manifest;
        return (manifest, await Snapshots.ReadAsync(store, manifest, CancellationToken.None).ConfigureAwait(false));
    }

    private static SourceSnapshot OfThisProgram() => ProgramSources.Find()
        ?? throw new FlowException("FG1036", "This program holds no source to compare with: it was built with FlowGenSnapshot=false, or without the package FlowGen. Name a second run.", ExitCodes.NotFound);

    private static async Task DiffAsync(VerbCall call, SourceSnapshot before, SourceSnapshot after)
    {
        var changed = UnifiedDiff.Changed(before, after).ToList();
        if (call.IsJson)
        {
            await JsonOutput.WriteAsync(call.Environment.OutputStream, json => RunDiffJson.WriteCode(json, before, after, changed)).ConfigureAwait(false);
            return;
        }

        var text = new StringWriter { NewLine = "\n" };
        foreach (var path in changed) UnifiedDiff.Write(text, path, before, after);
        // A patch must stay one; a terminal must not be told what to do.
        call.Out.Write(call.Environment.IsTerminal ? Printable.Lines(text.ToString()) : text.ToString());
    }

    private static Task ListAsync(VerbCall call, RunManifest manifest, SourceSnapshot snapshot) => JsonOutput.WriteAsync(call.Environment.OutputStream, json =>
    {
        json.WriteStartObject();
        json.WriteString("flow", manifest.Run.Flow);
        json.WriteString("run", manifest.Run.ToString());
        json.WriteString("commit", manifest.GitCommit);
        if (manifest.GitDirty is { } dirty) json.WriteBoolean("dirty", dirty);
        else json.WriteNull("dirty");
        json.WriteStartArray("files");
        foreach (var (path, content) in snapshot.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteNumber("size", content.Length);
            json.WriteString("sha256", Hash256.Of(content).ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
