using System.Collections.Immutable;
using FlowGen.Engines;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>What can be set of pods, whoever makes them.</summary>
internal static class PodSettings
{
    /// <summary>Id of the error that a secret has no place.</summary>
    public const string NoSecret = "FG1364";

    public static ImmutableArray<EngineSetting> All { get; } =
    [
        new("driver-pod", "File with a pod template (YAML or JSON) that is laid over the driver's, after the one of the setting pod.") { IsFile = true, WhyNot = YamlReader.WhyNot },
        new("env-from", "Names of Secrets, with commas between, whose keys all become environment variables of each job.") { WhyNot = WhyNotNames },
        new("gpu", "Resource that stands for a graphics processor.", "nvidia.com/gpu") { WhyNot = WhyNotWord },
        new("image-pull-policy", "When machines fetch the image: Always, IfNotPresent or Never.", "IfNotPresent") { WhyNot = static value => value is "Always" or "IfNotPresent" or "Never" ? null : "must be Always, IfNotPresent or Never" },
        new("image-pull-secrets", "Names of Secrets, with commas between, with credentials for the registry.") { WhyNot = WhyNotNames },
        new("node-selector", "Labels that a machine must have: key=value,key=value.") { WhyNot = static value => PairList.Parse(value) is null ? "must be key=value,key=value" : null },
        new("pod", "File with a pod template (YAML or JSON) that is laid over each job's.") { IsFile = true, WhyNot = YamlReader.WhyNot },
        new("priority-class", "Priority class of the pods.") { WhyNot = WhyNotNames },
        new("secrets", "Where secrets are: NAME=secret/key,NAME=secret/key.") { WhyNot = static value => SecretReference.Parse(value) is null ? "must be NAME=secret/key,NAME=secret/key" : null },
        new("tolerations", "Taints that pods put up with: key, key=value or key=value:Effect, with commas between.") { WhyNot = static value => Toleration.Parse(value) is null ? "must be key=value:Effect,key=value:Effect with an effect of NoSchedule, PreferNoSchedule or NoExecute" : null },
        new("user", "Number of the user that programs run as; image for the one that the image names.", "1654") { WhyNot = static value => value == "image" || uint.TryParse(value, out _) ? null : "must be a number, or image" },
    ];

    /// <summary>Those and others, in order of their names.</summary>
    public static ImmutableArray<EngineSetting> And(params ReadOnlySpan<EngineSetting> others) => [.. All.AddRange(others).OrderBy(static setting => setting.Name, StringComparer.Ordinal)];

    public static string? WhyNotWord(string value) => value.Length > 0 && !value.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)) ? null : "must be one word";

    public static string? WhyNotNames(string value) => value.Split(',').All(IsName) ? null : "must be names of Kubernetes: lower-case letters, digits, hyphens and dots";

    public static bool IsName(string name) => name.Length is > 0 and <= 253 && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);
}
