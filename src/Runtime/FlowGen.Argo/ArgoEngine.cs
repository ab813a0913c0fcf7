using System.Collections.Immutable;
using FlowGen.Argo.Manifests;
using FlowGen.Argo.Turns;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Engines;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Argo;

/// <summary>Argo Workflows: is given a manifest, and starts runs by it (ADR 33).</summary>
internal sealed class ArgoEngine : Engine
{
    public override string Name => "argo";

    public override bool StartsImages => true;

    public override bool StartsJobs => false;

    public override ImmutableArray<EngineSetting> Settings { get; } = PodSettings.And(
        new("command", "The program in the image, for images whose entry point Argo cannot look up in their registry.") { WhyNot = PodSettings.WhyNotWord },
        new("name", "Name of the WorkflowTemplate; that of the flow if not set.") { WhyNot = PodSettings.WhyNotNames },
        new("namespace", "Namespace that is written into the manifest; none if not set.") { WhyNot = PodSettings.WhyNotNames },
        new("service-account", "Service account of the pods, with the permissions that Argo's own container in them needs; the namespace's default if not set.") { WhyNot = PodSettings.WhyNotNames });

    public override IJobEngine Open(EngineSettings settings, TimeProvider time) => throw new InvalidOperationException("Argo is sent no jobs.");

    public override string Manifest(ManifestRequest request) => ArgoManifest.Write(request);

    public override Task<int> WorkAsync(IReadOnlyList<FlowDefinition> flows, IReadOnlyList<string> args, CommandEnvironment environment) => ArgoWork.RunAsync(flows, args, environment);
}
