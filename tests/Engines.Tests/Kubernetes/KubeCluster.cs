using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;

namespace Engines.Tests.Kubernetes;

/// <summary>The cluster that KUBECONFIG names (build/engines/kubernetes/up.sh starts one), with a namespace for the tests of a class, where engines may do just what the printed Role allows.</summary>
public sealed class KubeCluster : IAsyncLifetime
{
    /// <summary>Names the tests of which one class runs at a time, as pods of several would wait for a core.</summary>
    public const string Cores = "The cores of the cluster";

    /// <summary>Pods of the test cluster have no network of their own.</summary>
    private const string Overlay = "spec: {hostNetwork: true}";

    private KubeConnection? _admin;
    private string _token = "";

    public string Namespace { get; } = "flowgen-tests-" + Guid.NewGuid().ToString("n")[..8];

    /// <summary>A folder that pods can see and write, as <c>/shared</c>.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "flowgen-kubernetes-tests", Guid.NewGuid().ToString("n"));

    /// <summary>Mounts the folder.</summary>
    public string SharedOverlay => Overlay.Insert(Overlay.Length - 1, $", volumes: [{{name: shared, hostPath: {{path: {Folder}}}}}], containers: [{{name: flow, volumeMounts: [{{mountPath: /shared, name: shared}}]}}]");

    /// <summary>Lets pods see folders of this machine where they are here.</summary>
    public static string OverlayWith(params string[] folders) => OverlayWith([.. folders.Select(folder => (folder, folder))]);

    /// <summary>Lets pods see folders of this machine.</summary>
    public static string OverlayWith((string From, string To)[] folders, string? command = null) => $"""
        spec:
          hostNetwork: true
          containers:
          - name: flow
            {(command is null ? "" : $"command: [{command}]")}
            resources: {"{"}requests: {"{"}cpu: 10m{"}"}{"}"}
            volumeMounts: [{string.Join(", ", folders.Select((folder, i) => $"{{name: v{i}, mountPath: {folder.To}}}"))}]
          volumes: [{string.Join(", ", folders.Select((folder, i) => $"{{name: v{i}, hostPath: {{path: {folder.From}}}}}"))}]
        """;

    /// <summary>Without a network of pods the server is where it is for everybody on this machine.</summary>
    public string DriverOverlay => $"spec: {{containers: [{{name: flow, env: [{{name: KUBERNETES_SERVICE_HOST, value: '{Server.Host}'}}, {{name: KUBERNETES_SERVICE_PORT, value: '{Server.Port}'}}]}}]}}";

    internal KubeConnection Admin => _admin!;

    /// <summary>Where its server is.</summary>
    internal Uri Server => new(KubeConnection.Configuration(KubernetesSettings.Read(Settings([]))).Host);

    public void SkipWithoutCluster() => Assert.SkipWhen(_admin is null, "No Kubernetes: set KUBECONFIG, or start one with build/engines/kubernetes/up.sh, then source the file env that it writes.");

    public async ValueTask InitializeAsync()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBECONFIG"))) return;
        Directory.CreateDirectory(Folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        _admin = new KubeConnection(KubeConnection.Configuration(KubernetesSettings.Read(Settings([]))), Namespace);
        await CreateAsync("api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = Namespace } });
        var role = new KubernetesEngine().Permissions(Settings([]));
        foreach (var (path, document) in new[] { $"api/v1/namespaces/{Namespace}/serviceaccounts", Rbac("roles"), Rbac("rolebindings") }.Zip(role.Split("---\n")))
            await CreateAsync(path, YamlReader.ReadObject(document));
        _token = await TokenAsync("flowgen");
        // Jobs of steps have the namespace's own account, which some controller makes in a moment.
        while (await Admin.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{Namespace}/serviceaccounts/default", null, CancellationToken.None) is not { } account || !account.Items("secrets").Any()) await Task.Delay(50);

        string Rbac(string kind) => $"apis/rbac.authorization.k8s.io/v1/namespaces/{Namespace}/{kind}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_admin is null) return;
        await _admin.SendAsync(HttpMethod.Delete, $"api/v1/namespaces/{Namespace}", null, CancellationToken.None);
        _admin.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The engine as a driver in the cluster has it: with the token of its service account, and settings of a test's own.</summary>
    internal IJobEngine Open(Dictionary<string, string>? settings = null, string image = "localhost/flowgen-tests/shell:1", TimeProvider? time = null, string? token = null)
    {
        SkipWithoutCluster();
        var config = KubeConnection.Configuration(KubernetesSettings.Read(Settings([])));
        config.AccessToken = token ?? _token;
        return new KubernetesJobs(KubernetesSettings.Read(Settings(settings ?? [], image)), new KubeConnection(config, Namespace), time ?? TimeProvider.System);
    }

    internal async Task<JsonElement> CreateAsync(string path, JsonObject content) =>
        await Admin.SendAsync(HttpMethod.Post, path, content, CancellationToken.None) ?? throw new InvalidOperationException($"There is one of this name at {path}.");

    /// <summary>Deletes the pods of a run that live, as <c>kubectl delete pod</c> does: their programs hear of it. Returns when they are gone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="role"><c>driver</c> or <c>tasks</c>.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> DeletePodsAsync(string run, string role)
    {
        var pods = $"api/v1/namespaces/{Namespace}/pods";
        List<JsonElement> found;
        // What runs is told with a delay.
        for (var limit = DateTime.UtcNow.AddMinutes(1); ; await Task.Delay(100))
        {
            found = [.. (await Admin.SendAsync(HttpMethod.Get, $"{pods}?labelSelector=flowgen.dev/run={run.Split('/')[1]},flowgen.dev/role={role}", null, CancellationToken.None))!.Value.Items("items").Where(pod => pod.Text("status", "phase") == "Running")];
            if (found.Count > 0 || DateTime.UtcNow > limit) break;
        }

        foreach (var pod in found) await Admin.SendAsync(HttpMethod.Delete, $"{pods}/{pod.Text("metadata", "name")}", null, CancellationToken.None);
        foreach (var pod in found)
            while (await Admin.SendAsync(HttpMethod.Get, $"{pods}/{pod.Text("metadata", "name")}", null, CancellationToken.None) is not null) await Task.Delay(100);
        return found.Count;
    }

    /// <summary>A token of a service account.</summary>
    public async Task<string> TokenAsync(string account) =>
        (await CreateAsync($"api/v1/namespaces/{Namespace}/serviceaccounts/{account}/token", new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "TokenRequest", ["spec"] = new JsonObject { ["audiences"] = new JsonArray() } })).Text("status", "token")!;

    private EngineSettings Settings(Dictionary<string, string> values, string image = "image")
    {
        values.TryAdd("pod", Overlay);
        values.TryAdd("image-pull-policy", "Never");
        values["namespace"] = Namespace;
        var engine = new KubernetesEngine();
        Assert.All(values, pair => Assert.Null(engine.Settings.Single(setting => setting.Name == pair.Key).WhyNot?.Invoke(pair.Value)));
        return new EngineSettings("kubernetes", values.ToImmutableSortedDictionary(StringComparer.Ordinal), image);
    }
}
