using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;

namespace Benchmarks.Engines;

/// <summary>The cluster that <c>build/engines/kubernetes/up.sh</c> starts, in a namespace of its own; pods see the program and the libraries of this machine.</summary>
internal sealed class BareKubernetes : BareEngine
{
    private const string Image = "localhost/flowgen-tests/shell:1", Program = "/app";

    /// <summary>As many requests at the same time as the engine sends.</summary>
    private const int Requests = 8;

    private readonly string _folder, _space = "flowgen-bench-" + Guid.NewGuid().ToString("n")[..8];
    private readonly KubeConnection _connection;
    private int _round;

    private BareKubernetes(string folder) => (_folder, _connection) = (folder, new KubeConnection(KubeConnection.Configuration(Settings), _space));

    public override string Name => "kubernetes";

    public override string Jobs => "Jobs";

    public override string Store => Path.Combine(_folder, "kubernetes");

    public override IReadOnlyList<string> Options =>
    [
        "--image", Image, "--set", "namespace=" + _space, "--set", "image-pull-policy=Never", "--set", "user=0", "--set", "pod=" + Path.Combine(_folder, "pod.yaml"), "--set", "driver-pod=" + Path.Combine(_folder, "driver.yaml"),
    ];

    private string JobsPath => $"apis/batch/v1/namespaces/{_space}/jobs";

    private KubernetesSettings Settings => KubernetesSettings.Read(new EngineSettings("kubernetes", ImmutableSortedDictionary<string, string>.Empty.Add("namespace", _space), Image));

    public static async Task<BareKubernetes> StartAsync(string folder, string program)
    {
        var engine = new BareKubernetes(folder);
        Directory.CreateDirectory(folder);
        var server = new Uri(KubeConnection.Configuration(engine.Settings).Host);
        (string From, string To)[] mounts = [(Path.GetDirectoryName(program)!, Program), ("/usr/lib", "/lib"), ("/usr/lib64", "/lib64"), (folder, folder)];
        await File.WriteAllTextAsync(Path.Combine(folder, "pod.yaml"), $"""
            spec:
              hostNetwork: true
              containers:
              - name: flow
                command: [{Program}/{Path.GetFileName(program)}]
                resources: {"{"}requests: {"{"}cpu: 10m{"}"}{"}"}
                volumeMounts: [{string.Join(", ", mounts.Select((mount, i) => $"{{name: v{i}, mountPath: {mount.To}}}"))}]
              volumes: [{string.Join(", ", mounts.Select((mount, i) => $"{{name: v{i}, hostPath: {{path: {mount.From}}}}}"))}]
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "driver.yaml"),
            $"spec: {{containers: [{{name: flow, env: [{{name: KUBERNETES_SERVICE_HOST, value: '{server.Host}'}}, {{name: KUBERNETES_SERVICE_PORT, value: '{server.Port}'}}]}}]}}");
        await engine.CreateAsync("api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = engine._space } });
        string[] paths = [$"api/v1/namespaces/{engine._space}/serviceaccounts", .. new[] { "roles", "rolebindings" }.Select(kind => $"apis/rbac.authorization.k8s.io/v1/namespaces/{engine._space}/{kind}")];
        foreach (var (path, document) in paths.Zip(RoleManifest.Of(engine.Settings, engine._space).Split("---\n"))) await engine.CreateAsync(path, YamlReader.ReadObject(document));
        while (await engine._connection.SendAsync(HttpMethod.Get, paths[0] + "/default", null, default) is not { } account || !account.Items("secrets").Any()) await Task.Delay(Pause);
        return engine;
    }

    public override async Task RunAsync(int jobs, TimeSpan each)
    {
        var label = $"round{++_round}";
        await Parallel.ForAsync(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = Requests }, async (i, stop) => await CreateAsync(JobsPath, YamlReader.ReadObject(string.Create(CultureInfo.InvariantCulture, $"""
            apiVersion: batch/v1
            kind: Job
            metadata: {"{"}name: {label}-{i}, labels: {"{"}bench: {label}{"}"}{"}"}
            spec:
              backoffLimit: 0
              template:
                spec:
                  hostNetwork: true
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: nap
                    image: {Image}
                    imagePullPolicy: Never
                    args: [-c, 'exec sleep {each.TotalSeconds:0.000}']
            """))));
        while ((await _connection.SendAsync(HttpMethod.Get, $"{JobsPath}?labelSelector=bench={label}", null, default))!.Value.Items("items").Count(job => job.Text("status", "completionTime") is not null) < jobs) await Task.Delay(Pause);
    }

    public override async ValueTask DisposeAsync()
    {
        await _connection.SendAsync(HttpMethod.Delete, $"api/v1/namespaces/{_space}", null, default);
        _connection.Dispose();
        await base.DisposeAsync();
    }

    private async Task CreateAsync(string path, JsonObject content) =>
        _ = await _connection.SendAsync(HttpMethod.Post, path, content, default) ?? throw new InvalidOperationException($"There is one of this name at {path}.");
}
