using Engines.Tests.Slurm;

namespace Engines.Tests.Conformance;

/// <summary>A real Slurm: the driver has a machine of its own, steps have the others, and machines are killed under them.</summary>
[Collection(SlurmCluster.Machines)]
public sealed class SlurmConformance : EngineConformance
{
    private readonly SlurmCluster _cluster = new();

    protected override IReadOnlyList<string> Options =>
        ["--engine", "slurm", "--worker", Path.Combine(AppContext.BaseDirectory, "EndToEnd.Flows"), "--set", "driver-partition=drivers", "--set", "partition=workers"];

    protected override async Task KillDriverAsync(string run) => Assert.Equal(1, await Processes.KillAsync("drive", run));

    protected override async Task KillWorkersAsync(string run)
    {
        var nodes = (await SlurmCluster.AskAsync("squeue", "--me", "--noheader", "--states=running", "--partition=workers", "--format=%N %k")).Split('\n')
            .Where(line => line.EndsWith(" " + run, StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).Distinct().ToList();
        Assert.NotEmpty(nodes);
        foreach (var node in nodes) await SlurmCluster.AskAsync("scontrol", "update", "nodename=" + node, "state=down", "reason=test");
        // What runs on a machine that is gone does not go on, and theirs is this one.
        await Processes.KillAsync("slice", run);
        foreach (var node in nodes) await SlurmCluster.ResumeAsync(node);
    }

    protected override string LostWords => "(NODE_FAIL)";

    protected override async ValueTask CleanUpAsync() => await _cluster.DisposeAsync();
}
