using System.Collections.Immutable;
using FlowGen.Engines;

namespace FlowGen.Slurm;

/// <summary>What is set for Slurm, read.</summary>
internal sealed record SlurmSettings
{
    /// <summary>Path of the program that each job starts; empty if none is to be started.</summary>
    public required string Program { get; init; }

    /// <summary>The shared folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Options of <c>sbatch</c> that are the same for each job.</summary>
    public required ImmutableArray<string> Options { get; init; }

    /// <summary>Partition of the driver, if it has another.</summary>
    public string? DriverPartition { get; init; }

    /// <summary>What the driver waits for.</summary>
    public string? Dependency { get; init; }

    /// <summary>Time limit of jobs that have no other.</summary>
    public string? Time { get; init; }

    /// <summary>What stands for a graphics processor.</summary>
    public required string Gres { get; init; }

    /// <summary>Names of variables that jobs get from whoever starts them.</summary>
    public required ImmutableArray<string> Export { get; init; }

    /// <summary>The time zone in which the cluster's clock counts; <c>null</c> for this machine's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What people add to each job.</summary>
    public required SbatchLines Lines { get; init; }

    /// <summary>Settings that are options of <c>sbatch</c> of the same name.</summary>
    private static readonly string[] Plain = ["account", "constraint", "partition", "qos", "reservation"];

    /// <exception cref="FlowException">A setting makes no sense.</exception>
    public static SlurmSettings Read(EngineSettings settings)
    {
        if (settings.Program.Length > 0 && !Path.IsPathFullyQualified(settings.Program))
            throw new FlowException(SlurmErrors.BadSetting, $"Jobs of Slurm are to start '{settings.Program}', but must get the full path of a program that all machines see.", 2);
        ImmutableArray<string> options = [.. Plain.Where(name => settings[name] is not null).Select(name => $"--{name}={settings[name]}")];
        return new SlurmSettings
        {
            Program = settings.Program,
            Folder = settings["folder"] ?? (settings.StoreFolder is { } store ? Path.Combine(store, "jobs") : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".flowgen-jobs")),
            Options = options,
            DriverPartition = settings["driver-partition"],
            Dependency = settings["dependency"],
            Time = settings["time"],
            TimeZone = settings["time-zone"],
            Gres = settings["gres"] ?? "gpu",
            Export = [.. settings["export"]?.Split(',') ?? []],
            Lines = SbatchLines.Parse(settings["lines"] ?? ""),
        };
    }
}
