using EndToEnd.Tests;
using Engines.Tests.Kubernetes;
using Engines.Tests.Slurm;

namespace Engines.Tests.Conformance;

/// <summary>Builds the same sample as the test of Kubernetes, so that only one of them runs at a time.</summary>
[Collection(KubeCluster.Cores)]
public sealed class SlurmSubmitFlowTests : SubmitFlowTests
{
    [Fact]
    public async Task SubmitFlow_DriverKilledAndRequeued_EndsAsHere()
    {
        await using var slurm = new SlurmCluster();
        using var program = new FlowProgram { Deadline = TimeSpan.FromMinutes(8) };
        var run = await SubmitAsync(program, "-p:FlowEngine=slurm", "-p:FlowArgs=--set driver-partition=drivers --set partition=workers");

        await WhenDrivenAsync(program, run, times: 1);
        Assert.Equal(1, await Processes.KillAsync("drive", run));
        await WhenDrivenAsync(program, run, times: 2);
        var job = (await SlurmCluster.AskAsync("squeue", "--me", "--noheader", $"--name=fg-{run.Split('/')[1]}-driver", "--format=%i")).Trim();
        await SlurmCluster.AskAsync("scontrol", "requeue", job);

        await EndsAsHereAsync(program, run, drivers: 3);
        Assert.Contains(" on n", (await SampleAsync(program, "explain", $"{run}/resample[0]")).Out, StringComparison.Ordinal);
    }
}
