using FlowGen.Engines;
using FlowGen.Executing;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

internal sealed class DriveVerb : Verb
{
    public override string Name => "drive";
    public override string Summary => "Goes on with a run whose driver is gone, as the same run.";
    public override bool TakesRun => true;
    public override string Remarks =>
        "Engines start it; by hand it continues a run that was killed. Everything that the run has recorded stands, failures too;\n" +
        "'resume' makes a new run, which tries those again. A run that has ended is left as it is, and its exit code returned.\n" +
        "While another process drives the run, this one waits until that is gone.\n" +
        "Ctrl-C stops the run; SIGTERM hands it over to the next driver, and what runs on an engine goes on.\n" +
        "Exit codes: as those of run, 75 handed over.";

    public override IReadOnlyList<OptionSpec> Options =>
    [
        new("--quiet", null, "Write nothing but the id of the run."),
        new("--console", "FILE", "Write to this file instead of the console."),
        OptionSpec.Store,
        OptionSpec.StoreTimeout,
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var store = await call.OpenStoreAsync().ConfigureAwait(false);
        var run = await store.ResolveAsync(call.Flow?.Name, call.RunName, CancellationToken.None).ConfigureAwait(false);
        var environment = call.Environment;
        var request = new RunRequest
        {
            Flow = call.Flows.FirstOrDefault(f => f.Name == run.Flow)
                ?? throw new FlowException("FG1007", $"Run {run} is of flow '{run.Flow}', which this program does not have; drive it with the program that made it.", ExitCodes.Usage),
            Store = ObjectStores.Open(call.StorePlace),
            ProjectDirectory = environment.ProjectDirectory ?? AppContext.BaseDirectory,
            Secrets = environment.Secrets,
            Services = environment.Services?.Invoke(),
            StoreTimeout = call.Arguments.Duration(OptionSpec.StoreTimeout.Name),
            Time = environment.Time,
            Remote = submission => submission is null ? null : EngineCatalog.Open(submission, call.StorePlace, environment.Time),
        };
        var console = call.Arguments.Text("--console") is { } file ? Open(Path.GetFullPath(file, environment.CurrentDirectory)) : null;
        var output = console ?? environment.Out;
        try
        {
            return await DriveAsync(call, request, run, output).ConfigureAwait(false);
        }
        finally
        {
            if (console is not null) await console.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<int> DriveAsync(VerbCall call, RunRequest request, RunKey run, TextWriter output)
    {
        var environment = call.Environment;
        var isQuiet = call.Arguments.Has("--quiet");
        RunView view = isQuiet ? new QuietView(request.Flow, environment.Error, environment.Time)
            : environment.IsTerminal && output == environment.Out ? LiveView.Start(request.Flow, environment)
            : new PlainView(request.Flow, output, environment.Time);
        RunStatus status;
        using (var signals = new StopSignals(handsOver: true))
        await using (view.ConfigureAwait(false))
        {
            status = await FlowRunner.ContinueAsync(request, run, view, signals.Stop, signals.Abort, signals.Release).ConfigureAwait(false);
        }

        if (status == RunStatus.Interrupted) return ExitCodes.HandedOver;
        if (isQuiet || view.Manifest is null) output.WriteLine(isQuiet ? run.ToString() : $"Run {run} is {StatusNames.Of(status)} and closed.");
        else RunReport.Write(output, view, run, status, environment.Program, request.Store.Location);
        return ExitCodes.Of(status);
    }

    private static StreamWriter Open(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return new StreamWriter(file, append: true) { AutoFlush = true, NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException("FG1003", $"Option --console: {file} cannot be written: {e.Message}", ExitCodes.Usage, e);
        }
    }
}
