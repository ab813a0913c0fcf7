using EndToEnd.Tests;
using Engines.Tests.Kubernetes;
using Package.Tests.Infrastructure;

namespace Engines.Tests.Conformance;

[Collection(KubeCluster.Cores)]
public sealed class KubernetesSubmitFlowTests(KubeCluster cluster) : SubmitFlowTests, IClassFixture<KubeCluster>
{
    [Fact]
    public async Task SubmitFlow_PodOfTheDriverDeleted_EndsAsHere()
    {
        cluster.SkipWithoutCluster();
        using var program = new FlowProgram(Path.Combine(cluster.Folder, "store")) { Deadline = TimeSpan.FromMinutes(8) };
        using var registry = await LocalRegistry.StartAsync(program.Directory);
        var (pod, driver) = (Path.Combine(program.Directory, "pod.yaml"), Path.Combine(program.Directory, "driver.yaml"));
        await File.WriteAllTextAsync(pod, KubeCluster.OverlayWith(cluster.Folder));
        await File.WriteAllTextAsync(driver, cluster.DriverOverlay);
        var run = await SubmitAsync(program, "-p:FlowEngine=kubernetes", $"-p:FlowRegistry={registry.Host}/samples", $"-p:FlowArgs=--set namespace={cluster.Namespace} --set user=0 --set pod={pod} --set driver-pod={driver}");

        await WhenDrivenAsync(program, run, times: 1);
        Assert.Equal(1, await cluster.DeletePodsAsync(run, "driver"));

        await EndsAsHereAsync(program, run, drivers: 2);
        Assert.Contains("fg-", (await SampleAsync(program, "explain", $"{run}/resample[0]")).Out, StringComparison.Ordinal);
    }
}
