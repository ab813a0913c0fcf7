using FlowGen.Engines;
using FlowGen.Executing;
using FlowGen.Executing.Driving;
using FlowGen.Runs;
using FlowGen.Storage;

namespace FlowGen.CommandLine;

internal sealed class DeployVerb : Verb
{
    private const string List = "--list", Suspend = "--suspend", Wake = "--resume", Delete = "--delete", DryRun = "--dry-run", NoClock = "FG1313", NotThere = "FG1315", Unreachable = "FG1316";

    public override string Name => "deploy";
    public override string Summary => "Lets an engine start runs by the schedules of the flow.";
    public override bool NeedsFlow => true;
    public override bool TakesParameters => true;
    public override IReadOnlyList<string> Alone => [List, Suspend, Wake, Delete];
    public override string Remarks =>
        "Runs get the parameters that are given here, and defaults for the others; secrets are found when a run starts.\n" +
        "Deploying again changes what is different. Runs carry the tag schedule:NAME.\n" +
        "Exit codes: 0 done, 1 the engine refuses or does not answer, 2 bad usage, 3 no such schedule.";

    public override IReadOnlyList<OptionSpec> Options =>
    [
        .. EngineOptions.All,
        new(List, null, "Show what is deployed."),
        new(Suspend, "NAME", "Let a schedule rest; without NAME, all of the flow.") { ValueIsOptional = true },
        new(Wake, "NAME", "Wake it up again.") { ValueIsOptional = true },
        new(Delete, "NAME", "Remove it; runs that it has started go on.") { ValueIsOptional = true },
        new(DryRun, null, "Write what would be installed, for the engine's own tool, and install nothing."),
        new(DeployedFlow.NoOverlap, null, "Start no run while the one before is going on."),
        OptionSpec.Json, OptionSpec.Params, OptionSpec.Store, .. RunVerb.Running.Where(option => option.Name != "--quiet"),
    ];

    public override async Task<int> ExecuteAsync(VerbCall call)
    {
        var asked = Alone.Where(call.Arguments.Has).ToList();
        if (asked.Count > 1) throw new UsageException("FG1003", $"Options {string.Join(" and ", asked)} exclude each other; give one.");
        try
        {
            return asked switch
            {
                [] => await DeployAsync(call).ConfigureAwait(false),
                [List, ..] => await ListAsync(call).ConfigureAwait(false),
                [var what, ..] => await ChangeAsync(call, what).ConfigureAwait(false),
            };
        }
        catch (EngineUnavailableException e)
        {
            throw new FlowException(Unreachable, $"{e.Message} Try again: what is done already is left as it is.", ExitCodes.RunFailed, e);
        }
    }

    private static async Task<int> DeployAsync(VerbCall call)
    {
        var place = call.StorePlace;
        // All that could be wrong with a run is to be told now, and not at three o'clock in the morning.
        var request = RunExecution.Complete(call, new RunRequest { Flow = call.Flow!, Store = ObjectStores.Open(place), Parameters = call.Parameters });
        var engine = EngineOptions.ReadSettings(call).Engine;
        if (engine == RunSubmitted.Local) throw WithoutClock(call, engine);
        var submission = EngineOptions.Read(call, named: null, hasDriverJob: true) with { Options = DriveOptions.Of(request) };
        var starts = DeployedFlow.Starts(call, submission, place, seesFiles: !EngineCatalog.Find(engine).StartsImages);
        var schedules = Open(call, EngineCatalog.SettingsOf(submission, place));
        await using (schedules.ConfigureAwait(false))
        {
            if (call.Arguments.Has(DryRun))
            {
                call.Out.Write(schedules.Describe(starts[0].Group, starts));
                return ExitCodes.Success;
            }

            var changes = await schedules.InstallAsync(starts[0].Group, starts, CancellationToken.None).ConfigureAwait(false);
            DeployViews.WriteChanges(call, changes, starts, engine);
            return ExitCodes.Success;
        }
    }

    private static async Task<int> ListAsync(VerbCall call)
    {
        var settings = EngineOptions.ReadSettings(call);
        var schedules = Open(call, settings);
        await using (schedules.ConfigureAwait(false))
        {
            var own = Own(call, await schedules.ListAsync(CancellationToken.None).ConfigureAwait(false));
            if (call.IsJson) await JsonOutput.WriteAsync(call.Environment.OutputStream, json => DeployViews.WriteJson(json, own, settings.Engine)).ConfigureAwait(false);
            else DeployViews.WriteList(call, own, settings.Engine);
        }

        return ExitCodes.Success;
    }

    private static async Task<int> ChangeAsync(VerbCall call, string what)
    {
        var settings = EngineOptions.ReadSettings(call);
        var schedules = Open(call, settings);
        await using (schedules.ConfigureAwait(false))
        {
            var installed = Own(call, await schedules.ListAsync(CancellationToken.None).ConfigureAwait(false));
            var names = Chosen(call, what, installed, settings.Engine).Select(schedule => schedule.Name).ToList();
            if (what == Delete) await schedules.DeleteAsync(names, CancellationToken.None).ConfigureAwait(false);
            else await schedules.SuspendAsync(names, what == Suspend, CancellationToken.None).ConfigureAwait(false);
            foreach (var name in names) call.Out.WriteLine($"{name} {(what == Delete ? "is removed" : what == Suspend ? "rests" : "starts runs again")}.");
        }

        return ExitCodes.Success;
    }

    /// <summary>Those of the flow that was named, else of all flows of the program.</summary>
    private static List<InstalledSchedule> Own(VerbCall call, IReadOnlyList<InstalledSchedule> all) =>
        [.. all.Where(schedule => call.Flow is { } flow ? schedule.Flow == flow.Name : call.Flows.Any(known => known.Name == schedule.Flow)).OrderBy(schedule => schedule.Name, StringComparer.Ordinal)];

    /// <summary>The one that was named, else those that 'deploy' with the same options would install.</summary>
    private static List<InstalledSchedule> Chosen(VerbCall call, string what, List<InstalledSchedule> installed, string engine)
    {
        if (call.Arguments.Texts(what) is not [var name, ..])
        {
            if (call.Flow is not { } flow) throw new UsageException("FG1007", $"'deploy {what}' needs the name of a flow, or of a schedule: deploy FLOW {what}, or deploy {what} NAME. 'deploy {List}' shows them.");
            var group = GroupName.Of(flow.Name, DeployedFlow.BranchOf(call, flow));
            return installed.Where(schedule => schedule.Group == group).ToList() is { Count: > 0 } found ? found
                : throw new FlowException(NotThere, $"Nothing of flow '{flow.Name}'{(flow.Project is null ? "" : $" on branch {DeployedFlow.BranchOf(call, flow)}")} is deployed on {engine}; 'deploy {List}' shows what is.", ExitCodes.NotFound);
        }

        if (installed.FirstOrDefault(schedule => schedule.Name == name) is { } one) return [one];
        var hint = NearMiss.Of(name, installed.Select(schedule => schedule.Name)) is { } near ? $"did you mean {near}?" : installed.Count == 0 ? "nothing of this program is." : $"there are {string.Join(", ", installed.Select(schedule => schedule.Name))}.";
        throw new FlowException(NotThere, $"No schedule '{name}' is deployed on {engine}; {hint}", ExitCodes.NotFound);
    }

    private static ISchedules Open(VerbCall call, EngineSettings settings) =>
        (settings.Engine == RunSubmitted.Local ? null : EngineCatalog.Find(settings.Engine).OpenSchedules(settings, call.Environment.Time)) ?? throw WithoutClock(call, settings.Engine);

    private static FlowException WithoutClock(VerbCall call, string engine)
    {
        var flow = call.Flow ?? call.Flows[0];
        var line = flow.Schedules is [{ Cron: var cron }, ..] ? cron : "0 3 * * *";
        return new FlowException(NoClock, $"The engine {engine} watches no clock, so nothing can be deployed on it. Name a cluster, with --engine slurm, --engine kubernetes or --profile; or let the cron of a machine that is always on start runs, with a line such as: {line} {call.Environment.Program} submit {flow.Name}", ExitCodes.Usage);
    }
}
