using System.Globalization;
using System.Text.Json;
using FlowGen.CompilerServices;
using FlowGen.Engines;

namespace FlowGen.CommandLine;

/// <summary>Deployed schedules for people and programs.</summary>
internal static class DeployViews
{
    /// <summary>What became of each schedule.</summary>
    public static void WriteChanges(VerbCall call, IReadOnlyList<ScheduleChange> changes, IReadOnlyList<ScheduledStart> starts, string engine)
    {
        var now = call.Environment.Time.GetUtcNow();
        foreach (var change in changes)
        {
            var start = starts.FirstOrDefault(start => start.Name == change.Name);
            var what = change.Fate switch
            {
                ScheduleFate.Installed => $"is installed on {engine}",
                ScheduleFate.Updated => $"is updated on {engine}",
                ScheduleFate.Removed => $"is removed from {engine}, as the flow has it no more",
                _ => "is as it was",
            };
            call.Out.WriteLine($"{change.Name}{(start is null ? "" : $" ({start.Declared.Cron}, {start.Declared.TimeZone})")} {what}.");
            foreach (var detail in change.Details) call.Out.WriteLine($"  {Printable.Line(detail)}");
            if (start is null) continue;
            call.Out.WriteLine(change.IsSuspended ? $"  It rests; 'deploy --resume {change.Name}' wakes it up." : $"  Next: {Occurrences.After(now, start.Declared)}");
        }

        call.Out.Flush();
    }

    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<InstalledSchedule> schedules, string engine)
    {
        json.WriteStartArray();
        foreach (var schedule in schedules)
        {
            json.WriteStartObject();
            json.WriteString("name", schedule.Name);
            json.WriteString("flow", schedule.Flow);
            json.WriteString("engine", engine);
            json.WriteString("schedule", schedule.Cron);
            json.WriteString("timeZone", schedule.TimeZone);
            json.WriteBoolean("suspended", schedule.IsSuspended);
            json.WriteTime("lastStart", schedule.LastStart);
            json.WriteString("user", schedule.User);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>All schedules.</summary>
    public static void WriteList(VerbCall call, IReadOnlyList<InstalledSchedule> schedules, string engine)
    {
        if (schedules.Count == 0)
        {
            call.Out.WriteLine($"Nothing of this program is deployed on {engine}.");
            return;
        }

        var (table, now) = (new TextTable(), call.Environment.Time.GetUtcNow());
        table.Add(["name", "flow", "schedule", "time zone", "next", "last (UTC)", "by"]);
        foreach (var schedule in schedules)
        {
            var next = schedule.IsSuspended ? "it rests" : Occurrences.After(now, new ScheduleDefinition(schedule.Cron, schedule.TimeZone), count: 1);
            table.Add([schedule.Name, schedule.Flow, Printable.Line(schedule.Cron), Printable.Line(schedule.TimeZone), next, schedule.LastStart?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "", Printable.Line(schedule.User)]);
        }

        table.WriteTo(call.Out);
    }
}
