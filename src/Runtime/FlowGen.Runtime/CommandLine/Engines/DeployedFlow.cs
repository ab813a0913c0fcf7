using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Executing.Remote;
using FlowGen.Executing.Starting;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>The schedules of a flow on a branch, as an engine is to keep them: each starts <c>submit</c>, which starts the run.</summary>
internal static class DeployedFlow
{
    public const string NoSchedule = "FG1310", DoesNotFit = "FG1314";

    /// <summary>On which schedule's behalf <c>submit</c> starts a run: its number, from 1.</summary>
    public const string Scheduled = "--scheduled", NoOverlap = "--no-overlap";

    /// <summary>The branch that runs are to belong to; <c>null</c> for a flow of no project. Said outright: who starts runs is not who deployed them.</summary>
    public static string? BranchOf(VerbCall call, FlowDefinition flow) => BranchOptions.Read(call, flow) ?? (flow.Project is null ? null : "user." + call.Environment.User);

    /// <summary>Name of the schedule on whose behalf a run is started; <c>null</c> if a person starts it.</summary>
    public static string? ScheduleOf(VerbCall call) =>
        call.Arguments.Count(Scheduled) is { } number ? GroupName.Schedule(GroupName.Of(call.Flow!.Name, BranchOptions.Read(call, call.Flow)), number) : null;

    /// <exception cref="FlowException">FG1314: the program has no such schedule.</exception>
    public static ScheduleDefinition At(FlowDefinition flow, int number) => number <= flow.Schedules.Length ? flow.Schedules[number - 1]
        : throw new FlowException(DoesNotFit, $"Option {Scheduled}: flow '{flow.Name}' of this program has {flow.Schedules.Length} schedules, and none has number {number}. It is another program than the one that was deployed: deploy it again.", ExitCodes.Usage);

    /// <exception cref="FlowException">FG1310-1312: the engine cannot start it by the clock.</exception>
    public static IReadOnlyList<ScheduledStart> Starts(VerbCall call, RunSubmitted submission, string place, bool seesFiles)
    {
        var flow = call.Flow!;
        if (flow.Schedules.IsEmpty)
            throw new FlowException(NoSchedule, $"Flow '{flow.Name}' has no schedule: put [Schedule(\"0 3 * * *\")] on {flow.ClassName}, or start one run with 'submit'. 'deploy --delete' removes what was deployed before.", ExitCodes.Usage);
        var arguments = new DeployedArguments(call, seesFiles);
        var branch = BranchOf(call, flow);
        var group = GroupName.Of(flow.Name, branch);
        List<string> words = [RecordedEngine.Option, RecordedEngine.Write(submission), OptionSpec.Store.Name, place];
        if (branch is not null) words.AddRange(branch == BranchOptions.Production ? ["--production"] : ["--branch", branch]);
        // While the program waits for the run, the engine starts no other.
        var mayOverlap = !call.Arguments.Has(NoOverlap);
        if (!mayOverlap) words.Add("--wait");
        words.AddRange(arguments.Read());
        return [.. flow.Schedules.Select((schedule, i) => new ScheduledStart
        {
            Name = GroupName.Schedule(group, i + 1),
            Group = group,
            User = call.Environment.User,
            Declared = schedule,
            Cron = CronFields.Of(schedule),
            Zone = ScheduledTime.ZoneOf(schedule),
            MayOverlap = mayOverlap,
            RequiredSecrets = [.. arguments.MissingSecrets().Select(CommandLineNames.VariableOf)],
            Job = new JobRequest
            {
                Name = GroupName.Schedule(group, i + 1),
                Run = flow.Name + "/" + group,
                Flow = flow.Name,
                IsDriver = true,
                Resources = new ResourceDefinition { Cpu = 0.1 },
                Arguments = ["submit", flow.Name, Scheduled, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), .. words],
                Environment = [KeyValuePair.Create("FLOWGEN_USER", call.Environment.User)],
                Secrets = SliceJob.SecretVariables(flow),
            },
        })];
    }
}
