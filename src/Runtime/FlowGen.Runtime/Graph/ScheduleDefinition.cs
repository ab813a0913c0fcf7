namespace FlowGen.CompilerServices;

/// <summary>When runs of a flow start by themselves (<see cref="ScheduleAttribute"/>).</summary>
/// <param name="Cron">The cron expression, checked by the compiler.</param>
/// <param name="TimeZone">IANA or Windows name of the time zone.</param>
public sealed record ScheduleDefinition(string Cron, string TimeZone = "UTC");
