using System.Collections.Immutable;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;
using FlowGen.Kubernetes.Schedules;

namespace FlowGen.Kubernetes;

/// <summary>Kubernetes: Jobs (<c>batch/v1</c>) of one pod each, that start an image.</summary>
internal sealed class KubernetesEngine : Engine
{
    public override string Name => "kubernetes";

    public override bool StartsImages => true;

    public override ImmutableArray<EngineSetting> Settings { get; } =
    [
        new("context", "Context of the kubeconfig that jobs are submitted to; the current one if not set. Inside the cluster it says nothing.") { WhyNot = WhyNotWord },
        new("driver-pod", "File with a pod template (YAML or JSON) that is laid over the driver's, after the one of the setting pod.") { IsFile = true, WhyNot = YamlReader.WhyNot },
        new("env-from", "Names of Secrets, with commas between, whose keys all become environment variables of each job.") { WhyNot = WhyNotNames },
        new("gpu", "Resource that stands for a graphics processor.", "nvidia.com/gpu") { WhyNot = WhyNotWord },
        new("image-pull-policy", "When machines fetch the image: Always, IfNotPresent or Never.", "IfNotPresent") { WhyNot = static value => value is "Always" or "IfNotPresent" or "Never" ? null : "must be Always, IfNotPresent or Never" },
        new("image-pull-secrets", "Names of Secrets, with commas between, with credentials for the registry.") { WhyNot = WhyNotNames },
        new("job-service-account", "Service account of the jobs of steps, which need no permission of Kubernetes; the namespace's default if not set.") { WhyNot = WhyNotNames },
        new("namespace", "Namespace of the jobs; that of the context if not set.") { WhyNot = WhyNotNames },
        new("node-selector", "Labels that a machine must have: key=value,key=value.") { WhyNot = static value => PairList.Parse(value) is null ? "must be key=value,key=value" : null },
        new("pod", "File with a pod template (YAML or JSON) that is laid over each job's.") { IsFile = true, WhyNot = YamlReader.WhyNot },
        new("priority-class", "Priority class of the pods.") { WhyNot = WhyNotNames },
        new("secrets", "Where secrets are: NAME=secret/key,NAME=secret/key.") { WhyNot = static value => SecretReference.Parse(value) is null ? "must be NAME=secret/key,NAME=secret/key" : null },
        new("service-account", "Service account of the driver, with the Role that submit --print-rbac prints.", "flowgen") { WhyNot = WhyNotNames },
        new("tolerations", "Taints that pods put up with: key, key=value or key=value:Effect, with commas between.") { WhyNot = static value => Toleration.Parse(value) is null ? "must be key=value:Effect,key=value:Effect with an effect of NoSchedule, PreferNoSchedule or NoExecute" : null },
        new("user", "Number of the user that programs run as; image for the one that the image names.", "1654") { WhyNot = static value => value == "image" || uint.TryParse(value, out _) ? null : "must be a number, or image" },
    ];

    public override IJobEngine Open(EngineSettings settings, TimeProvider time)
    {
        var read = KubernetesSettings.Read(settings);
        return new KubernetesJobs(read, KubeConnection.Open(read), time);
    }

    public override ISchedules OpenSchedules(EngineSettings settings, TimeProvider time)
    {
        var read = KubernetesSettings.Read(settings);
        return new KubernetesSchedules(read, () => KubeConnection.Open(read));
    }

    public override string Permissions(EngineSettings settings)
    {
        var read = KubernetesSettings.Read(settings);
        return RoleManifest.Of(read, KubeConnection.NamespaceOf(read));
    }

    private static string? WhyNotWord(string value) => value.Length > 0 && !value.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)) ? null : "must be one word";

    private static string? WhyNotNames(string value) => value.Split(',').All(IsName) ? null : "must be names of Kubernetes: lower-case letters, digits, hyphens and dots";

    internal static bool IsName(string name) => name.Length is > 0 and <= 253 && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);
}
