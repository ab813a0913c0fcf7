using FlowGen.Engines;

namespace FlowGen.Slurm.Schedules;

/// <summary>The clock of the cluster: <c>scrontab</c> has no time zones but that of the controller.</summary>
/// <param name="zone">Its time zone.</param>
/// <param name="now">From when on it counts.</param>
internal sealed class ClusterClock(TimeZoneInfo zone, DateTimeOffset now)
{
    /// <summary>For how long a line must be right. Rules of time zones do not hold for ever either.</summary>
    private const int Years = 3;

    /// <summary>The line of <c>scrontab</c> that comes at the times of a schedule.</summary>
    /// <exception cref="FlowException">FG1345: none does.</exception>
    public string LineOf(ScheduledStart start)
    {
        if (Ahead(start.Zone) is not { } minutes)
            throw Cannot(start, "clocks are not changed alike there, so no line is right all year", "schedule it in UTC or in the time zone of the cluster");
        return (minutes == 0 ? start.Cron : start.Cron.Shift(minutes))?.ToString()
            ?? throw Cannot(start, $"{Math.Abs(minutes)} minutes {(minutes > 0 ? "later" : "earlier")} by its clock, its days are others", "name times that are on the same day in both");
    }

    /// <summary>By how many minutes the cluster's clocks are ahead, if that is always the same.</summary>
    private int? Ahead(TimeZoneInfo other)
    {
        if (other.Id == zone.Id) return 0;
        var ahead = At(now);
        for (var (time, end) = (now, now.AddYears(Years)); time < end; time = time.AddHours(1))
            if (At(time) != ahead) return null;
        return (int)ahead.TotalMinutes;

        TimeSpan At(DateTimeOffset time) => zone.GetUtcOffset(time) - other.GetUtcOffset(time);
    }

    private FlowException Cannot(ScheduledStart start, string why, string what) => new(SlurmErrors.OtherClock,
        $"The schedule '{start.Declared.Cron}' is meant in {start.Declared.TimeZone}, but Slurm's scrontab counts in the time zone of the cluster, {zone.Id}: {why}. {char.ToUpperInvariant(what[0])}{what[1..]}: [Schedule(..., TimeZone = \"{zone.Id}\")]. If the cluster's clock is another, say --set time-zone=NAME.", 2);
}
