using FlowGen.CompilerServices;
using FlowGen.Engines;

namespace Engines.Tests.Schedules;

/// <summary>Schedules as <c>deploy</c> would hand them to an engine.</summary>
internal static class Starts
{
    public static ScheduledStart Of(string group, int number, string cron, string zone = "UTC", params string[] arguments) => new()
    {
        Name = GroupName.Schedule(group, number),
        Group = group,
        User = "ann",
        Declared = new ScheduleDefinition(cron, zone),
        Cron = CronFields.Of(new ScheduleDefinition(cron, zone)),
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        Job = new JobRequest
        {
            Name = GroupName.Schedule(group, number),
            Run = "churn/" + group,
            Flow = "churn",
            IsDriver = true,
            Arguments = ["submit", "churn", "--scheduled", $"{number}", .. arguments],
            Resources = new ResourceDefinition { Cpu = 0.1 },
            Environment = [KeyValuePair.Create("FLOWGEN_USER", "ann")],
            Secrets = ["FLOWGEN_PARAM_PASSWORD"],
        },
    };
}
