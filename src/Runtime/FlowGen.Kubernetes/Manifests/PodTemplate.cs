using System.Globalization;
using System.Text.Json.Nodes;
using FlowGen.Engines;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>The pod of a job: one container without privileges, its root read-only, with an empty folder <c>/tmp</c>.</summary>
internal static class PodTemplate
{
    /// <summary>Name of the container, for overlays.</summary>
    public const string Container = "flow";

    private const string Temp = "/tmp";

    /// <summary>For how long a machine may be silent before its pods are given up.</summary>
    private const int SilentSeconds = 60;

    /// <exception cref="FlowException">A secret of the job has no place.</exception>
    public static JsonObject Of(JobRequest job, KubernetesSettings settings, JsonObject labels)
    {
        var spec = new JsonObject
        {
            ["restartPolicy"] = "Never",
            ["automountServiceAccountToken"] = job.IsDriver,
            ["enableServiceLinks"] = false,
            ["terminationGracePeriodSeconds"] = 30,
            ["securityContext"] = new JsonObject { ["runAsNonRoot"] = settings.User != 0, ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" } },
            ["containers"] = new JsonArray(Program(job, settings)),
            ["volumes"] = new JsonArray(new JsonObject { ["name"] = "tmp", ["emptyDir"] = job.Resources.Disk > 0 ? new JsonObject { ["sizeLimit"] = Bytes(job.Resources.Disk) } : [] }),
            ["tolerations"] = new JsonArray([
                Silence("node.kubernetes.io/not-ready"), Silence("node.kubernetes.io/unreachable"),
                .. settings.Tolerations.Select(static toleration => new JsonObject(Fields(("key", toleration.Key), ("operator", toleration.Value is null ? "Exists" : "Equal"), ("value", toleration.Value), ("effect", toleration.Effect)))),
            ]),
        };
        if (settings.User is { } user)
        {
            spec["securityContext"]!["runAsUser"] = user;
            spec["securityContext"]!["runAsGroup"] = user;
            spec["securityContext"]!["fsGroup"] = user;
        }
        if (job.TimeLimit is { } limit) spec["activeDeadlineSeconds"] = (long)Math.Ceiling(limit.TotalSeconds);
        if ((job.IsDriver ? settings.DriverAccount : settings.JobAccount) is { } account) spec["serviceAccountName"] = account;
        if (settings.PriorityClass is { } priority) spec["priorityClassName"] = priority;
        if (!settings.NodeSelector.IsEmpty) spec["nodeSelector"] = new JsonObject(settings.NodeSelector.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        if (!settings.PullSecrets.IsEmpty) spec["imagePullSecrets"] = new JsonArray([.. settings.PullSecrets.Select(static name => new JsonObject { ["name"] = name })]);

        var template = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone(), ["annotations"] = new JsonObject { ["cluster-autoscaler.kubernetes.io/safe-to-evict"] = "false" } }, ["spec"] = spec };
        if (settings.Pod is { } pod) ManifestOverlay.Apply(template, pod);
        if (job.IsDriver && settings.DriverPod is { } driver) ManifestOverlay.Apply(template, driver);
        return template;
    }

    private static JsonObject Program(JobRequest job, KubernetesSettings settings)
    {
        // Programs that unpack themselves need a folder to do it in, and the root is read-only.
        var variables = new JsonArray([Variable("HOME", Temp), Variable("TMPDIR", Temp), Variable("DOTNET_BUNDLE_EXTRACT_BASE_DIR", Temp + "/.net"), .. job.Environment.Select(static pair => Variable(pair.Key, pair.Value))]);
        foreach (var name in job.Secrets)
        {
            var place = settings.Secrets.FirstOrDefault(reference => reference.Name == name);
            if (place is not null) variables.Add((JsonNode)new JsonObject { ["name"] = name, ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = place.Secret, ["key"] = place.Key } } });
            else if (settings.EnvironmentFrom.IsEmpty && Environment.GetEnvironmentVariable(name) is not null)
                throw new FlowException(PodSettings.NoSecret, $"The secret {name} is set here, but nothing says where pods find it, and its value goes into no manifest. Put it into a Secret of the namespace, and name that: --set secrets={name}=SECRET/KEY.", 2);
        }
        var container = new JsonObject
        {
            ["name"] = Container,
            ["image"] = settings.Image,
            ["imagePullPolicy"] = settings.PullPolicy,
            ["args"] = new JsonArray([.. job.Arguments.Select(static argument => (JsonNode)Literal(argument))]),
            ["env"] = variables,
            ["resources"] = Resources(job, settings),
            ["securityContext"] = new JsonObject { ["allowPrivilegeEscalation"] = false, ["readOnlyRootFilesystem"] = true, ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") } },
            ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "tmp", ["mountPath"] = Temp }),
            ["terminationMessagePolicy"] = "FallbackToLogsOnError",
        };
        if (!settings.EnvironmentFrom.IsEmpty)
            container["envFrom"] = new JsonArray([.. settings.EnvironmentFrom.Select(static name => new JsonObject { ["secretRef"] = new JsonObject { ["name"] = name } })]);
        return container;
    }

    /// <summary>Memory is asked for and limited alike, so that a pod is never the victim of another; cores are asked for only, since a limit makes programs slow where cores are idle.</summary>
    private static JsonObject Resources(JobRequest job, KubernetesSettings settings)
    {
        var (requests, limits) = (new JsonObject(), new JsonObject());
        requests["cpu"] = string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(job.Resources.Cpu * 1000):0}m");
        if (job.Resources.Memory > 0) (requests["memory"], limits["memory"]) = (Bytes(job.Resources.Memory), Bytes(job.Resources.Memory));
        if (job.Resources.Disk > 0) (requests["ephemeral-storage"], limits["ephemeral-storage"]) = (Bytes(job.Resources.Disk), Bytes(job.Resources.Disk));
        if (job.Resources.Gpu > 0) limits[settings.Gpu] = job.Resources.Gpu.ToString(CultureInfo.InvariantCulture);
        var resources = new JsonObject { ["requests"] = requests };
        if (limits.Count > 0) resources["limits"] = limits;
        return resources;
    }

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = Literal(value) };

    /// <summary>Kubernetes replaces <c>$(NAME)</c> in arguments and variables, and takes two dollar signs for one.</summary>
    private static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    private static JsonObject Silence(string taint) => new() { ["key"] = taint, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = SilentSeconds };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(params IEnumerable<(string Name, string? Value)> fields) =>
        fields.Where(static field => field.Value is not null).Select(static field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value));

    /// <summary>As people write it, where that is exact.</summary>
    private static string Bytes(long number) => number switch
    {
        _ when number % (1L << 30) == 0 => string.Create(CultureInfo.InvariantCulture, $"{number >> 30}Gi"),
        _ when number % (1L << 20) == 0 => string.Create(CultureInfo.InvariantCulture, $"{number >> 20}Mi"),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };
}
