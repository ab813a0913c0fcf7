using System.Collections.Immutable;
using FlowGen.CompilerServices;

namespace FlowGen.Engines;

/// <summary>What an engine is to start by the clock: <c>submit</c> in the engine itself, which starts a run as it does from anywhere else, once for each time.</summary>
internal sealed record ScheduledStart
{
    /// <summary>See <see cref="InstalledSchedule.Name"/>. Matches <c>[a-z0-9-]{1,52}</c>.</summary>
    public required string Name { get; init; }

    public required string Group { get; init; }

    /// <summary>Who installs it.</summary>
    public required string User { get; init; }

    /// <summary>As it was declared, for people.</summary>
    public required ScheduleDefinition Declared { get; init; }

    /// <summary>The same as every cron understands it.</summary>
    public required CronFields Cron { get; init; }

    /// <summary>Whose days and hours are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Whether a run is started although the one before is going on. If not, the program runs for as long as the run does.</summary>
    public bool MayOverlap { get; init; } = true;

    /// <summary>The program, started where drivers are, with what they are allowed.</summary>
    public required JobRequest Job { get; init; }

    /// <summary>Those of <see cref="JobRequest.Secrets"/> without which no run can start, and that no argument says where to find.</summary>
    public ImmutableArray<string> RequiredSecrets { get; init; } = [];

    /// <summary>In which the program finds the name of the job that the clock made, where that tells for which time.</summary>
    public const string JobVariable = "FLOWGEN_SCHEDULED_JOB";
}
