using System.Globalization;

namespace FlowGen.Slurm;

/// <summary>The command line of <c>sbatch</c>.</summary>
internal static class JobOptions
{
    /// <summary>Jobs get these from whoever starts them, if they are there. Without PATH and SLURM_CONF a driver could not start jobs of its own.</summary>
    private static readonly string[] Exported = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "SLURM_CONF"];

    /// <summary>How long before its time limit a driver hears of it: time to write what it knows and to hand over.</summary>
    private const int NoticeSeconds = 90;

    /// <param name="batch">What to start.</param>
    /// <param name="settings">What is set.</param>
    /// <param name="output">File for what it prints; <c>%a</c> stands for the index in an array.</param>
    /// <param name="variables">Names of this process's environment variables.</param>
    public static IEnumerable<string> Of(JobBatch batch, SlurmSettings settings, string output, IEnumerable<string> variables)
    {
        var (job, names) = (batch.First, variables.ToHashSet(StringComparer.Ordinal));
        yield return "--parsable";
        yield return "--job-name=" + batch.Name;
        yield return "--comment=" + job.Run;
        yield return "--output=" + output;
        yield return "--open-mode=append";
        yield return "--export=" + string.Join(',', Variables(settings, names));
        yield return "--nodes=1";
        yield return "--ntasks=1";
        yield return string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={Math.Max(1, Math.Ceiling(job.Resources.Cpu)):0}");
        if (job.Resources.Memory > 0) yield return string.Create(CultureInfo.InvariantCulture, $"--mem={(job.Resources.Memory + 1023) / 1024}K");
        if (job.Resources.Disk > 0) yield return string.Create(CultureInfo.InvariantCulture, $"--tmp={(job.Resources.Disk + 1023) / 1024}K");
        if (job.Resources.Gpu > 0) yield return string.Create(CultureInfo.InvariantCulture, $"--gres={settings.Gres}:{job.Resources.Gpu}");
        if (job.TimeLimit is { } limit) yield return "--time=" + Time(limit);
        else if (settings.Time is { } time) yield return "--time=" + time;
        foreach (var option in settings.Options) yield return option;
        if (batch.IsArray) yield return "--array=" + batch.Indices;
        foreach (var option in job.IsDriver ? Driver(settings) : ["--no-requeue"]) yield return option;
        foreach (var option in settings.Lines.Options) yield return option;
    }

    /// <summary>Names of the variables that jobs get, of those that there are.</summary>
    public static IEnumerable<string> Variables(SlurmSettings settings, IReadOnlySet<string> names) => Exported.Concat(settings.Export).Where(names.Contains)
        .Concat(names.Where(static name => name.StartsWith("SBATCH_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)).Distinct();

    private static IEnumerable<string> Driver(SlurmSettings settings)
    {
        yield return "--requeue";
        yield return string.Create(CultureInfo.InvariantCulture, $"--signal=B:USR1@{NoticeSeconds}");
        if (settings.DriverPartition is { } partition) yield return "--partition=" + partition;
        if (settings.Dependency is not { } dependency) yield break;
        yield return "--dependency=" + dependency;
        yield return "--kill-on-invalid-dep=yes";
    }

    /// <summary>Slurm counts whole minutes and rounds up.</summary>
    private static string Time(TimeSpan limit)
    {
        var seconds = (long)Math.Ceiling(limit.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400}-{seconds / 3600 % 24:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
