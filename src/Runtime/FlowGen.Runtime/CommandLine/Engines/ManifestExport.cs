using System.Text;
using FlowGen.Engines;
using FlowGen.Executing.Policies;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary><c>submit --manifest FILE</c>: starts nothing, but writes by what an engine starts runs itself.</summary>
internal static class ManifestExport
{
    public const string Misfit = "FG1317";

    /// <summary>Options of <c>submit</c> that say how each run is started.</summary>
    private static readonly string[] Passed = ["--tag", "--branch", "--production", PolicyOptions.Option, "--cache", "--fail-fast", "--store-timeout"];

    public static OptionSpec Option { get; } = new("--manifest", "FILE", "Start nothing: write a manifest by which the engine starts runs itself; '-' is standard output.");

    public static async Task<int> ExecuteAsync(VerbCall call)
    {
        var submission = EngineOptions.Read(call, named: null, hasDriverJob: true);
        var engine = submission.Engine == RunSubmitted.Local ? null : EngineCatalog.Find(submission.Engine);
        var place = call.StorePlace;
        // Read as every run will read them, so that mistakes are found here.
        var run = RunExecution.Complete(call, new Executing.RunRequest { Flow = call.Flow!, Store = Storage.ObjectStores.Open(place) });
        var text = engine?.Manifest(new ManifestRequest
        {
            Flow = PolicyOverrides.Apply(call.Flow!, run.Overrides),
            Settings = EngineCatalog.SettingsOf(submission, place),
            Store = place.Contains("://", StringComparison.Ordinal) ? place : Path.GetFullPath(place, call.Environment.CurrentDirectory),
            Given = call.Changes,
            Options = [.. Passed.Where(call.Arguments.Has).SelectMany(option => call.Arguments.Texts(option) is { Count: > 0 } values ? values.SelectMany(value => new[] { option, value }) : [option])],
            MaxParallel = run.MaxParallel,
            Note = call.Note,
        }) ?? throw new FlowException(Misfit, $"The engine {submission.Engine} takes no manifest: runs are sent to it by 'submit' without {Option.Name}.", ExitCodes.Usage);
        await WriteAsync(call, call.Arguments.Text(Option.Name)!, text).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static async Task WriteAsync(VerbCall call, string file, string text)
    {
        if (file == "-")
        {
            await call.Out.WriteAsync(text).ConfigureAwait(false);
            return;
        }

        file = Path.GetFullPath(file, call.Environment.CurrentDirectory);
        try
        {
            await File.WriteAllTextAsync(file, text, new UTF8Encoding(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException("FG1003", $"Option {Option.Name}: {file} cannot be written: {e.Message}", ExitCodes.Usage, e);
        }

        if (!call.Arguments.Has("--quiet")) call.Out.WriteLine($"Wrote {file}.");
    }
}
