using FlowGen.CompilerServices;
using FlowGen.Engines;

[assembly: FlowPlugin(typeof(FlowGen.Kubernetes.KubernetesPlugin))]

namespace FlowGen.Kubernetes;

/// <summary>Runs steps as Jobs of Kubernetes. Generated code registers it in every program that references this package; nobody else needs it.</summary>
public sealed class KubernetesPlugin : FlowPlugin
{
    internal override Engine? Engine { get; } = new KubernetesEngine();
}
