using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Kubernetes;

/// <summary>What is set for Kubernetes, read.</summary>
internal sealed record KubernetesSettings
{
    /// <summary>The user that the .NET images know.</summary>
    public const long DefaultUser = 1654;

    /// <summary>Reference of the image.</summary>
    public required string Image { get; init; }

    public string? Context { get; init; }

    public string? Namespace { get; init; }

    public required string PullPolicy { get; init; }

    public required ImmutableArray<string> PullSecrets { get; init; }

    public required ImmutableArray<string> EnvironmentFrom { get; init; }

    public required ImmutableArray<KeyValuePair<string, string>> NodeSelector { get; init; }

    public required ImmutableArray<Toleration> Tolerations { get; init; }

    public string? PriorityClass { get; init; }

    public required string DriverAccount { get; init; }

    public string? JobAccount { get; init; }

    public required ImmutableArray<SecretReference> Secrets { get; init; }

    public required string Gpu { get; init; }

    /// <summary>The user that programs run as; <c>null</c> for the image's.</summary>
    public long? User { get; init; }

    /// <summary>What is laid over each pod template.</summary>
    public JsonObject? Pod { get; init; }

    /// <summary>What is laid over the driver's, after that.</summary>
    public JsonObject? DriverPod { get; init; }

    public static KubernetesSettings Read(EngineSettings settings)
    {
        return new KubernetesSettings
        {
            Image = settings.Program,
            Context = settings["context"],
            Namespace = settings["namespace"],
            PullPolicy = settings["image-pull-policy"] ?? "IfNotPresent",
            PullSecrets = Names("image-pull-secrets"),
            EnvironmentFrom = Names("env-from"),
            NodeSelector = PairList.Parse(settings["node-selector"] ?? "") ?? [],
            Tolerations = Toleration.Parse(settings["tolerations"] ?? "") ?? [],
            PriorityClass = settings["priority-class"],
            DriverAccount = settings["service-account"] ?? "flowgen",
            JobAccount = settings["job-service-account"],
            Secrets = SecretReference.Parse(settings["secrets"] ?? "") ?? [],
            Gpu = settings["gpu"] ?? "nvidia.com/gpu",
            User = settings["user"] switch { null => DefaultUser, "image" => null, var number => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) },
            Pod = Overlay("pod"),
            DriverPod = Overlay("driver-pod"),
        };

        ImmutableArray<string> Names(string name) => [.. settings[name]?.Split(',') ?? []];
        JsonObject? Overlay(string name) => settings[name] is { } text ? YamlReader.ReadObject(text) : null;
    }
}
