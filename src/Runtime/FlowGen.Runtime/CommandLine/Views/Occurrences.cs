using System.Globalization;
using Cronos;
using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>When a schedule comes next.</summary>
internal static class Occurrences
{
    private const int Shown = 3;

    /// <summary>The next points in time, in the schedule's own zone; or why they are not known here.</summary>
    public static string After(DateTimeOffset now, ScheduleDefinition schedule, int count = Shown)
    {
        TimeZoneInfo zone;
        try
        {
            zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            return "unknown, as this machine does not know the time zone; install its time zone data (package tzdata)";
        }

        var cron = CronExpression.Parse(schedule.Cron);
        var found = new List<string>();
        for (var next = cron.GetNextOccurrence(now, zone); next is { } time && found.Count < count; next = cron.GetNextOccurrence(time, zone))
            found.Add(time.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        return found.Count == 0 ? "never" : string.Join(", ", found);
    }
}
