using System.Collections.Immutable;
using System.Globalization;

namespace FlowGen.Engines;

/// <summary>What can be set for every engine, as the driver does it and not the engine.</summary>
internal static class CoreSettings
{
    private const string MaxJobs = "max-jobs", SliceSeconds = "slice-seconds", OrphanTimeout = "orphan-timeout";

    public static ImmutableArray<EngineSetting> All { get; } =
    [
        new(MaxJobs, "Jobs of a run at the same time.", "64") { WhyNot = WhyNotCount },
        new(SliceSeconds, "Seconds of work that a job should have: short tasks of one step share a job.", "30") { WhyNot = WhyNotCount },
        new(OrphanTimeout, "How long jobs go on when nobody drives their run any more.", "6h") { WhyNot = static text => Time(text) is null ? "must be a duration such as 90m or 6h" : null },
    ];

    /// <summary>What is set, and the defaults.</summary>
    public static (int MaxJobs, TimeSpan SliceWork, TimeSpan OrphanTimeout) Read(EngineSettings settings) =>
        (Count(settings[MaxJobs], 64), TimeSpan.FromSeconds(Count(settings[SliceSeconds], 30)), Time(settings[OrphanTimeout]) ?? TimeSpan.FromHours(6));

    private static TimeSpan? Time(string? text)
    {
        try
        {
            return text is null ? null : Duration.Parse(text) is var time && time > TimeSpan.Zero ? time : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static int Count(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : otherwise;

    private static string? WhyNotCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? null : "must be a whole number of at least 1";
}
