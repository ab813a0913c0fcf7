using Engines.Processes;

namespace Engines.Tests.Conformance;

/// <summary>The engine of the tests: jobs are processes of this machine.</summary>
public sealed class ProcessesConformance : EngineConformance
{
    /// <summary>Real engines say the same with every test run; this one is for machines that have none of them.</summary>
    public ProcessesConformance() => Assert.SkipUnless(Environment.GetEnvironmentVariable("FLOWGEN_LONG") == "1" || Environment.GetEnvironmentVariable("FLOWGEN_TEST_SLURM") is null, "Slurm shows the same: --long.");

    private string Jobs => Path.Combine(Folder, "jobs");

    protected override IReadOnlyList<string> Options => ["--engine", "processes", "--set", $"folder={Jobs}", "--worker", Worker];

    protected override string LostWords => "its machine is gone";

    protected override Task KillDriverAsync(string run)
    {
        foreach (var place in PlacesOf(run).Where(place => place.EndsWith("-driver", StringComparison.Ordinal))) ProcessJobs.Kill(place, withShell: false);
        return Task.CompletedTask;
    }

    protected override Task KillWorkersAsync(string run)
    {
        foreach (var place in PlacesOf(run).Where(place => !place.EndsWith("-driver", StringComparison.Ordinal) && !File.Exists(Path.Combine(place, "exit")))) ProcessJobs.Kill(place, withShell: true);
        return Task.CompletedTask;
    }

    private string[] PlacesOf(string run) => Directory.GetDirectories(Path.Combine(Jobs, run.Replace('/', '_')));
}
