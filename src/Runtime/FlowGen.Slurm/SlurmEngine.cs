using System.Collections.Immutable;
using FlowGen.Engines;
using FlowGen.Slurm.Schedules;

namespace FlowGen.Slurm;

/// <summary>Slurm: jobs of <c>sbatch</c> that start a program from a folder which all machines see.</summary>
internal sealed class SlurmEngine : Engine
{
    public override string Name => "slurm";

    public override bool StartsImages => false;

    public override ImmutableArray<EngineSetting> Settings { get; } =
    [
        new("account", "Account that jobs are charged to.") { WhyNot = WhyNotOneLine },
        new("constraint", "Features that a machine must have, as for sbatch.") { WhyNot = WhyNotOneLine },
        new("dependency", "What the driver waits for before it starts, as for sbatch: afterok:1234.") { WhyNot = WhyNotOneLine },
        new("driver-partition", "Partition of the driver, which needs little and lives long; that of the other jobs if not set.") { WhyNot = WhyNotOneLine },
        new("export", "Names of further environment variables that jobs get from whoever starts them, with commas between.") { WhyNot = WhyNotNames },
        new("folder", "Folder that all machines see, for what jobs print and for how secrets get there; if not set, jobs in the store, if that is a folder, else .flowgen-jobs in the home folder.") { WhyNot = WhyNotFolder },
        new("gres", "Generic resource that stands for a graphics processor: gpu, gpu:a100.", "gpu") { WhyNot = WhyNotOneLine },
        new("lines", "File with #SBATCH lines and shell commands, such as module load, that go into each job's script.") { IsFile = true, WhyNot = SbatchLines.WhyNot },
        new("partition", "Partition of the jobs.") { WhyNot = WhyNotOneLine },
        new("qos", "Quality of service.") { WhyNot = WhyNotOneLine },
        new("reservation", "Reservation that jobs may use.") { WhyNot = WhyNotOneLine },
        new("time", "Time limit of jobs that have no other, the driver for instance, as for sbatch: 2-00:00:00; the partition's if not set.") { WhyNot = WhyNotOneLine },
        new("time-zone", "Time zone of the cluster's controller, in which scrontab counts; that of this machine if not set.") { WhyNot = static value => TimeZoneInfo.TryFindSystemTimeZoneById(value, out _) ? null : "must be a time zone that this machine knows, such as Europe/Berlin" },
    ];

    public override IJobEngine Open(EngineSettings settings, TimeProvider time) => new SlurmJobs(SlurmSettings.Read(settings), new SlurmCommands(time));

    public override ISchedules OpenSchedules(EngineSettings settings, TimeProvider time) => new SlurmSchedules(SlurmSettings.Read(settings), new SlurmCommands(time), time);

    private static string? WhyNotOneLine(string value) => value.Length > 0 && !value.Any(char.IsControl) ? null : "must be one line of text";

    private static string? WhyNotFolder(string value) => Path.IsPathFullyQualified(value) && !value.Any(char.IsControl) ? null : "must be the full path of a folder, such as /shared/jobs";

    private static string? WhyNotNames(string value) =>
        value.Split(',').All(Sh.IsName) ? null : "must be names of environment variables with commas between, such as LD_LIBRARY_PATH,MODULEPATH";
}
