using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Executing;
using FlowGen.Executing.Driving;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

internal sealed class SubmitVerb : Verb
{
    private const string PrintRbac = "--print-rbac", Resume = "--resume";

    public override string Name => "submit";
    public override string Summary => "Starts a run that goes on without this process: as jobs of an engine, or detached on this machine.";
    public override bool NeedsFlow => true;
    public override bool TakesParameters => true;
    public override IReadOnlyList<string> Alone => [PrintRbac, Resume, ManifestExport.Option.Name];
    public override string Remarks =>
        "Parameters are given as to run. 'status', 'logs --follow' and 'cancel' work on the run from anywhere that sees its store.\n" +
        "Exit codes: 0 submitted, 2 bad usage, 4 store unusable; with --wait as those of run.";

    public override IReadOnlyList<OptionSpec> Options =>
    [
        .. EngineOptions.All,
        new("--wait", null, "Follow the run to its end."),
        new(Resume, "RUN", "Takes over every result of this run whose code and inputs are unchanged; parameters keep their values but for those that are given. As the verb resume does."),
        .. ResumeVerb.Taking,
        ManifestExport.Option,
        new(PrintRbac, null, "Write what the driver must be allowed to do in the cluster, for 'kubectl apply -f -', and submit nothing."),
        new(DeployedFlow.Scheduled, "NUMBER", "Set by 'deploy': the schedule of the flow on whose behalf it is.") { IsHidden = true },
        new(RecordedEngine.Option, "JSON", "Set by 'deploy': the engine.") { IsHidden = true },
        OptionSpec.Params, OptionSpec.Store, .. RunVerb.Running,
    ];

    public override Task<int> ExecuteAsync(VerbCall call)
    {
        if (call.Arguments.Has(PrintRbac)) return Task.FromResult(PrintPermissions(call));
        if (call.Arguments.Has(ManifestExport.Option.Name) && call.Arguments.Has(Resume))
            throw new UsageException("FG1003", $"Options {ManifestExport.Option.Name} and {Resume}: a manifest is for new runs; resume a run of a workflow with {Resume} alone, on another engine.");
        if (call.Arguments.Has(ManifestExport.Option.Name)) return ManifestExport.ExecuteAsync(call);
        if (call.Arguments.Text(Resume) is { } resumed) return ResumeAsync(call, resumed);
        if (ResumeVerb.Taking.FirstOrDefault(option => call.Arguments.Has(option.Name)) is { } taking)
            throw new UsageException("FG1003", $"Option {taking.Name} says something of a run that is resumed: name it with {Resume} RUN.");
        var place = call.StorePlace;
        return SubmitAsync(call, place, new RunRequest { Flow = call.Flow!, Store = ObjectStores.Open(place), Parameters = call.Parameters });
    }

    private static async Task<int> ResumeAsync(VerbCall call, string run)
    {
        var place = call.StorePlace;
        return await SubmitAsync(call, place, await ResumeVerb.RequestAsync(call, place, run).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static int PrintPermissions(VerbCall call)
    {
        var settings = EngineOptions.ReadSettings(call);
        call.Out.Write((settings.Engine == RunSubmitted.Local ? null : EngineCatalog.Find(settings.Engine).Permissions(settings))
            ?? throw new FlowException("FG1309", $"Option {PrintRbac}: the engine {settings.Engine} needs no permissions of its own; whoever may submit jobs there may submit runs. It is for kubernetes: --engine kubernetes {PrintRbac}.", ExitCodes.Usage));
        return ExitCodes.Success;
    }

    private static async Task<int> SubmitAsync(VerbCall call, string place, RunRequest request)
    {
        var submission = EngineOptions.Read(call, named: null, hasDriverJob: true);
        request = RunExecution.Complete(call, request);
        submission = submission with { Options = DriveOptions.Of(request) };
        // Opened before anything is written: what is set must make sense.
        var options = EngineCatalog.Open(submission, place, call.Environment.Time);
        if (options is not null) request = request with { Remote = _ => options };

        var isQuiet = call.Arguments.Has("--quiet");
        RunFold? before = null;
        if (call.ScheduledFor is { } time && DeployedFlow.ScheduleOf(call) is { } schedule)
        {
            (var key, before) = await ScheduledRun.FindAsync(request, schedule, time).ConfigureAwait(false);
            request = request with { Schedule = schedule, Key = key };
            if (before is not null) ShareSecrets(request.Flow, request.Parameters);
        }

        var run = before?.Manifest!.Run ?? await RegisterAsync(call, request, submission).ConfigureAwait(false);
        var store = await RunStore.OpenAsync(request.Store, forWriting: true, request.Time, CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (before?.End is not null) call.Note($"Run {run} was started for this time, and has ended.");
            else if (options is null) Detached.Start(call, run, place, submission.Program);
            else await options.Engine.StartAsync([DriverJob(request.Flow, run, place)], CancellationToken.None).ConfigureAwait(false);
        }
        catch (EngineUnavailableException e) when (request.Key is not null)
        {
            // Whoever starts it by schedule tries again, and finds the run.
            throw new FlowException("FG1306", $"The driver of run {run} could not be started: {e.Message} Another start goes on with it.", ExitCodes.HandedOver, e);
        }
        catch (Exception e) when (e is FlowException or EngineUnavailableException)
        {
            await store.CloseAsync(run, $"Its driver could not be started: {e.Message}", options: null, CancellationToken.None).ConfigureAwait(false);
            throw e as FlowException ?? new FlowException("FG1306", $"The driver of run {run} could not be started: {e.Message} The run is closed; submit it again.", ExitCodes.RunFailed, e);
        }

        Tell(call, run, submission, place, isQuiet);
        if (!call.Arguments.Has("--wait")) return ExitCodes.Success;
        return await RunWait.WaitAsync(call, store, run, options?.Engine, isQuiet).ConfigureAwait(false);
    }

    /// <summary>Registers the run with all that its driver cannot find elsewhere, and hands it over.</summary>
    private static async Task<RunKey> RegisterAsync(VerbCall call, RunRequest request, RunSubmitted submission)
    {
        using var signals = new StopSignals();
        var observer = new Executing.Reuse.NoticeObserver(call.Note);
        try
        {
            var started = await RunStart.BeginAsync(request, new SerialObserver(observer), signals.Stop).ConfigureAwait(false);
            await using (started.ConfigureAwait(false))
            {
                await started.StoreInputsAsync(signals.Stop).ConfigureAwait(false);
                await started.Snapshot.ConfigureAwait(false);
                ShareSecrets(request.Flow, started.Parameters);
                started.Log.Append(submission);
                await started.Log.ReleaseAsync().ConfigureAwait(false);
                return started.Manifest.Run;
            }
        }
        catch (OperationCanceledException e) when (signals.Stop.IsCancellationRequested)
        {
            throw new FlowException("FG1222", "Stopped before the run was submitted.", ExitCodes.Interrupted, e);
        }
    }

    /// <summary>Wherever a secret came from, the engine takes it from the environment of this process if no setting says otherwise (H9).</summary>
    private static void ShareSecrets(FlowDefinition flow, object?[] parameters)
    {
        for (var p = 0; p < parameters.Length; p++)
            if (flow.Parameters[p].IsSecret && parameters[p] is ISecret { IsKnown: true } secret) Environment.SetEnvironmentVariable(CommandLineNames.VariableOf(flow.Parameters[p]), secret.Texts.First());
    }

    private static JobRequest DriverJob(FlowDefinition flow, RunKey run, string place) => new()
    {
        Name = SliceName.DriverOf(run),
        Run = run.ToString(),
        Flow = run.Flow,
        IsDriver = true,
        Arguments = ["drive", run.ToString(), OptionSpec.Store.Name, place],
        Secrets = SliceJob.SecretVariables(flow),
    };

    private static void Tell(VerbCall call, RunKey run, RunSubmitted submission, string place, bool isQuiet)
    {
        if (isQuiet)
        {
            call.Out.WriteLine(run.ToString());
            call.Out.Flush();
            return;
        }

        var (program, store) = (call.Environment.Program, call.Arguments.Has(OptionSpec.Store.Name) ? $" {OptionSpec.Store.Name} {place}" : call.Arguments.Text(EngineOptions.Profile) is { } profile ? $" {EngineOptions.Profile} {profile}" : "");
        call.Out.WriteLine(submission.Engine == RunSubmitted.Local ? $"Run {run} goes on by itself on this machine." : $"Run {run} is submitted to {submission.Engine}; its driver is the job {SliceName.DriverOf(run)}.");
        call.Out.WriteLine($"  store   {place}");
        call.Out.WriteLine($"  follow  {program} logs {run.Short} --follow{store}");
        call.Out.WriteLine($"  state   {program} status {run.Short}{store}");
        call.Out.WriteLine($"  stop    {program} cancel {run.Short}{store}");
        call.Out.Flush();
    }
}
