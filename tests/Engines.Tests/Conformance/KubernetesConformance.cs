using Engines.Tests.Kubernetes;

namespace Engines.Tests.Conformance;

/// <summary>A real Kubernetes whose only machine is this one.</summary>
[Collection(KubeCluster.Cores)]
public sealed class KubernetesConformance(KubeCluster cluster) : EngineConformance, IClassFixture<KubeCluster>
{
    protected override IReadOnlyList<string> Options => HostPods.Options(cluster, Folder);

    protected override async Task KillDriverAsync(string run) => Assert.Equal(1, await Processes.KillAsync("drive", run));

    protected override async Task KillWorkersAsync(string run) => Assert.NotEqual(0, await Processes.KillAsync("slice", run));

    protected override string LostWords => "signal 9";

    /// <summary>What an administrator does who empties a machine: both programs hear of it, and have as long as Kubernetes gives them.</summary>
    [Fact]
    public async Task PodsDeleted_OfDriverAndWorkers_TheRunEndsAndExplainsIt()
    {
        var (run, gate) = await HoldAsync();

        Assert.Equal(1, await cluster.DeletePodsAsync(run, "driver"));
        Assert.NotEqual(0, await cluster.DeletePodsAsync(run, "tasks"));

        // Old clusters start another pod for a job whose pod was deleted, and the attempt goes on in it; newer ones give the job up, and another one makes another attempt.
        var (attempts, explained) = await LetGoAsync(run, gate);
        Assert.Contains(attempts == 1 ? "started 2 times by the engine" : "its pod was deleted", explained, StringComparison.Ordinal);
    }
}
