using Engines.Tests.Kubernetes;

namespace Engines.Tests.Conformance;

/// <summary>A real Kubernetes whose only machine is this one: pods see the program, .NET and the store where they are here, so that no image must be built.</summary>
public sealed class KubernetesConformance(KubeCluster cluster) : EngineConformance, IClassFixture<KubeCluster>
{
    private const string Dotnet = "/usr/share/dotnet";

    protected override IReadOnlyList<string> Options
    {
        get
        {
            cluster.SkipWithoutCluster();
            var (pod, driver) = (Path.Combine(Folder, "pod.yaml"), Path.Combine(Folder, "driver.yaml"));
            var app = AppContext.BaseDirectory.TrimEnd('/');
            (string Name, string From, string To)[] mounts = [("dotnet", Dotnet, Dotnet), ("lib", "/usr/lib", "/lib"), ("lib64", "/usr/lib64", "/lib64"), ("app", app, app), ("store", Folder, Folder)];
            File.WriteAllText(pod, $"""
                spec:
                  hostNetwork: true
                  containers:
                  - name: flow
                    command: [{Dotnet}/dotnet, {app}/EndToEnd.Flows.dll]
                    resources:
                      requests: {"{"}cpu: 10m{"}"}
                    volumeMounts:
                {string.Join('\n', mounts.Select(mount => $"    - {{name: {mount.Name}, mountPath: {mount.To}}}"))}
                  volumes:
                {string.Join('\n', mounts.Select(mount => $"  - {{name: {mount.Name}, hostPath: {{path: {mount.From}}}}}"))}
                """);
            // Without a network of pods the server is where it is for everybody on this machine.
            File.WriteAllText(driver, $"""
                spec:
                  containers:
                  - name: flow
                    env:
                    - {"{"}name: KUBERNETES_SERVICE_HOST, value: '{cluster.Server.Host}'{"}"}
                    - {"{"}name: KUBERNETES_SERVICE_PORT, value: '{cluster.Server.Port}'{"}"}
                """);
            return ["--engine", "kubernetes", "--image", "localhost/flowgen-tests/shell:1", "--set", "namespace=" + cluster.Namespace, "--set", "image-pull-policy=Never", "--set", "user=0", "--set", "pod=" + pod, "--set", "driver-pod=" + driver];
        }
    }

    protected override async Task KillDriverAsync(string run) => Assert.Equal(1, await Processes.KillAsync("drive", run));

    protected override async Task KillWorkersAsync(string run) => Assert.NotEqual(0, await Processes.KillAsync("slice", run));

    protected override string LostWords => "signal 9";
}
