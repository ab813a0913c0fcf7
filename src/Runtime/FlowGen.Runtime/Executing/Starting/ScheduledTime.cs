using FlowGen.CompilerServices;

namespace FlowGen.Executing.Starting;

/// <summary>The value of a parameter that is the time for which a run was scheduled.</summary>
internal static class ScheduledTime
{
    /// <summary>Where an engine that starts a run by schedule says for which time.</summary>
    public const string Variable = "FLOWGEN_SCHEDULED_TIME";

    /// <param name="flow">The flow, whose first schedule says in which time zone days begin.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="time">The time.</param>
    public static object Of(FlowDefinition flow, ParameterDefinition parameter, DateTimeOffset time)
    {
        if (flow.Schedules is [var schedule, ..]) time = TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone));
        return parameter.Type == typeof(DateOnly) || parameter.Type == typeof(DateOnly?) ? DateOnly.FromDateTime(time.DateTime) : time;
    }

    /// <summary>Whether nobody gave a value.</summary>
    public static bool IsMissing(object? value) => value is null || value is DateTimeOffset time && time == default || value is DateOnly day && day == default;
}
