namespace FlowGen;

/// <summary>Says when runs of a flow start by themselves, where something watches the clock for it.</summary>
/// <param name="cron">Minute, hour, day of the month, month and day of the week, such as <c>"0 3 * * *"</c>; or <c>"@hourly"</c>, <c>"@daily"</c>, <c>"@weekly"</c>, <c>"@monthly"</c>, <c>"@yearly"</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ScheduleAttribute(string cron) : Attribute
{
    /// <summary>The cron expression.</summary>
    public string Cron { get; } = cron;

    /// <summary>IANA or Windows name of the time zone, such as <c>"Europe/Berlin"</c>. Default: <c>"UTC"</c>.</summary>
    public string? TimeZone { get; set; }
}
