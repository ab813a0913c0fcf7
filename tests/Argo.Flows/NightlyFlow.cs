using FlowGen;

namespace Argo.Flows;

public enum Level { Low, High }

/// <summary>Nested foreach with all that a step can ask of a machine, every night.</summary>
[Flow, Schedule("0 3 * * *", TimeZone = "Europe/Berlin"), Schedule("30 6 * * 1")]
public partial class NightlyFlow
{
    /// <summary>Days to look at.</summary>
    [Parameter] public string[] Days { get; init; } = ["mon", "tue"];

    /// <summary>The day of the run.</summary>
    [Parameter, FromSchedule] public DateOnly Today { get; init; }

    /// <summary>How much is said.</summary>
    [Parameter] public Level Level { get; init; } = Level.High;

    /// <summary>Stands above the report.</summary>
    [Parameter] public string? Title { get; init; }

    [Parameter] public int Seed { get; init; } = 3;

    /// <summary>Opens the archive.</summary>
    [Parameter] public Secret<string>? Password { get; init; }

    [Step] public static int[] Shards([ForEach(nameof(Days))] string day) => [.. Enumerable.Range(1, day.Length)];

    /// <summary>Fits one shard of a day.</summary>
    [Step, Retry(2, Backoff = "10s"), Timeout("20m"), Resources(Cpu = 2, Memory = "256Mi", Gpu = 1, Disk = "1Gi", OnOutOfMemory = "x2 up to 1Gi"), Environment("FLAVOUR", "salt & $HOME")]
    public async Task<int> Fit([ForEach(nameof(Shards), MaxParallel = 2)] int shard, CancellationToken cancel)
    {
        await Task.Delay(1, cancel);
        Console.WriteLine($"{Environment.GetEnvironmentVariable("FLAVOUR")} {Password?.Reveal()}");
        return shard * Seed + (Environment.GetEnvironmentVariable("FLAVOUR")?.Length ?? 0) + (Password?.Reveal().Length ?? 0);
    }

    [Step] public static int Day([Gather(nameof(Fit), Over = nameof(Shards))] int[] fits) => fits.Sum();

    [Step, Inline] public static int Total([Gather(nameof(Day))] int[] days) => days.Sum();

    [Step] public string Report(int total) => $"{Title ?? "untitled"} {Level} {total}";
}
