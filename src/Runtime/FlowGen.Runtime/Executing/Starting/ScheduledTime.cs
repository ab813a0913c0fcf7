using System.Globalization;
using Cronos;
using FlowGen.CompilerServices;
using FlowGen.Engines;

namespace FlowGen.Executing.Starting;

/// <summary>The value of a parameter that is the time for which a run was scheduled.</summary>
internal static class ScheduledTime
{
    /// <summary>Where an engine that starts a run by schedule says for which time.</summary>
    public const string Variable = "FLOWGEN_SCHEDULED_TIME";

    /// <summary>
    /// For which time a schedule starts a run. What starts it may say so: by <see cref="Variable"/>, or by the name of its job, in which Kubernetes counts minutes (before 1.21 seconds) since 1970; a job of another
    /// name was made by hand, so it is for now. Else it is the last time that there was.
    /// </summary>
    /// <exception cref="FlowException">FG1003: the variable holds something else.</exception>
    public static DateTimeOffset Of(ScheduleDefinition schedule, Func<string, string?> variable, DateTimeOffset now)
    {
        if (Given(variable) is { } given) return given;
        if (variable(ScheduledStart.JobVariable) is { Length: > 0 } job)
        {
            var digits = job[(job.LastIndexOf('-') + 1)..];
            if (digits.Length is < 8 or > 10 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return now;
            return DateTimeOffset.FromUnixTimeSeconds(digits.Length == 10 ? count : count * 60);
        }

        return CronExpression.Parse(schedule.Cron).GetPreviousOccurrence(now, ZoneOf(schedule), inclusive: true) ?? now;
    }

    /// <summary>The time that the environment gives; <c>null</c> if it gives none.</summary>
    /// <exception cref="FlowException">FG1003: it is no time.</exception>
    public static DateTimeOffset? Given(Func<string, string?> variable)
    {
        if (variable(Variable) is not { } text) return null;
        return Parse(text) ?? throw new FlowException("FG1003", $"Variable {Variable}: '{text}' is not a time such as 2026-03-14T03:00:00Z.", 2);
    }

    /// <summary>The time zone of a schedule.</summary>
    /// <exception cref="FlowException">FG1311: this machine does not know it.</exception>
    public static TimeZoneInfo ZoneOf(ScheduleDefinition schedule)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new FlowException("FG1311", $"This machine does not know the time zone '{schedule.TimeZone}' of the schedule '{schedule.Cron}'; install its time zone data (package tzdata).", 2, e);
        }
    }

    /// <summary>Reads a time; <c>null</c> if it is none.</summary>
    public static DateTimeOffset? Parse(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>A time as it is read again.</summary>
    public static string Show(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <param name="flow">The flow, whose first schedule says in which time zone days begin.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="time">The time.</param>
    public static object Of(FlowDefinition flow, ParameterDefinition parameter, DateTimeOffset time)
    {
        if (flow.Schedules is [var schedule, ..]) time = TimeZoneInfo.ConvertTime(time, ZoneOf(schedule));
        return parameter.Type == typeof(DateOnly) || parameter.Type == typeof(DateOnly?) ? DateOnly.FromDateTime(time.DateTime) : time;
    }

    /// <summary>Whether nobody gave a value.</summary>
    public static bool IsMissing(object? value) => value is null || value is DateTimeOffset time && time == default || value is DateOnly day && day == default;
}
