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

    public override ImmutableArray<EngineSetting> Settings { get; } = PodSettings.And(
        new("context", "Context of the kubeconfig that jobs are submitted to; the current one if not set. Inside the cluster it says nothing.") { WhyNot = PodSettings.WhyNotWord },
        new("job-service-account", "Service account of the jobs of steps, which need no permission of Kubernetes; the namespace's default if not set.") { WhyNot = PodSettings.WhyNotNames },
        new("namespace", "Namespace of the jobs; that of the context if not set.") { WhyNot = PodSettings.WhyNotNames },
        new("service-account", "Service account of the driver, with the Role that submit --print-rbac prints.", "flowgen") { WhyNot = PodSettings.WhyNotNames });

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
}
