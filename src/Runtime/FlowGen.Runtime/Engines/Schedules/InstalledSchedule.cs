namespace FlowGen.Engines;

/// <summary>A schedule that an engine keeps.</summary>
/// <param name="Name">Its name: that of the group, a hyphen, and the number of the <c>[Schedule]</c> of the flow, from 1.</param>
/// <param name="Group">The flow, and the branch if it has one, as part of a name.</param>
/// <param name="Flow">The flow.</param>
/// <param name="Cron">As it was declared.</param>
/// <param name="TimeZone">As it was declared.</param>
/// <param name="IsSuspended">Whether it rests.</param>
/// <param name="User">Who installed it.</param>
internal sealed record InstalledSchedule(string Name, string Group, string Flow, string Cron, string TimeZone, bool IsSuspended, string User)
{
    /// <summary>For which time it started last; <c>null</c> if it never did, or the engine does not say.</summary>
    public DateTimeOffset? LastStart { get; init; }
}
