namespace Engines.Tests.Kubernetes;

/// <summary>Pods of a cluster whose only machine is this one: they see the program, .NET and the store where they are here, so that no image must be built.</summary>
internal static class HostPods
{
    private const string Dotnet = "/usr/share/dotnet";

    /// <summary>Options of <c>submit</c> and <c>deploy</c>.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="folder">What pods see beside the program; files for the options are put there too.</param>
    public static IReadOnlyList<string> Options(KubeCluster cluster, string folder)
    {
        cluster.SkipWithoutCluster();
        var (pod, driver) = (Path.Combine(folder, "pod.yaml"), Path.Combine(folder, "driver.yaml"));
        var app = AppContext.BaseDirectory.TrimEnd('/');
        File.WriteAllText(pod, KubeCluster.OverlayWith([(Dotnet, Dotnet), ("/usr/lib", "/lib"), ("/usr/lib64", "/lib64"), (app, app), (folder, folder)], $"{Dotnet}/dotnet, {app}/EndToEnd.Flows.dll"));
        File.WriteAllText(driver, cluster.DriverOverlay);
        return ["--engine", "kubernetes", "--image", "localhost/flowgen-tests/shell:1", "--set", "namespace=" + cluster.Namespace, "--set", "image-pull-policy=Never", "--set", "user=0", "--set", "pod=" + pod, "--set", "driver-pod=" + driver];
    }
}
