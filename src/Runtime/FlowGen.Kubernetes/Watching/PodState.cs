using System.Text.Json;
using FlowGen.Kubernetes.Api;

namespace FlowGen.Kubernetes.Watching;

/// <summary>What is read of a pod.</summary>
internal sealed record PodState
{
    public required string Name { get; init; }

    /// <summary>The job that it belongs to.</summary>
    public required string Job { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Phase { get; init; }

    /// <summary>Why the pod as a whole ended: <c>Evicted</c>.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }

    public string? Node { get; init; }

    /// <summary>Why no machine is found.</summary>
    public string? Unscheduled { get; init; }

    /// <summary>What disrupted it, in newer clusters: <c>PreemptionByScheduler</c>.</summary>
    public string? Disruption { get; init; }

    public string? DisruptionMessage { get; init; }

    /// <summary>When it is to be gone, if somebody deletes it.</summary>
    public DateTimeOffset? Deleted { get; init; }

    /// <summary>Why the container does not run yet: <c>ImagePullBackOff</c>.</summary>
    public string? Waiting { get; init; }

    public string? WaitingMessage { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why the container ended: <c>OOMKilled</c>.</summary>
    public string? ContainerReason { get; init; }

    public string? ContainerMessage { get; init; }

    /// <summary>Bytes of memory that it may use, as written.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary>Whether it was last seen being removed.</summary>
    public bool Gone { get; init; }

    public bool HasEnded => Phase is "Succeeded" or "Failed";

    public static PodState Read(JsonElement pod)
    {
        // A program beside it that somebody laid over says nothing about the flow's.
        var container = pod.Items("status", "containerStatuses").FirstOrDefault(static status => status.Text("name") == Manifests.PodTemplate.Container);
        var spec = pod.Items("spec", "containers").FirstOrDefault(static container => container.Text("name") == Manifests.PodTemplate.Container);
        var preparing = pod.Items("status", "initContainerStatuses").FirstOrDefault(static status => status.At("state", "waiting") is not null);
        var waiting = preparing.ValueKind == JsonValueKind.Object && preparing.Text("state", "waiting", "reason") is not (null or "PodInitializing") ? preparing : container;
        var disruption = Condition(pod, "DisruptionTarget", "True");
        return new PodState
        {
            Name = pod.Text("metadata", "name") ?? "",
            Job = pod.Text("metadata", "labels", "job-name") ?? pod.Text("metadata", "labels", "batch.kubernetes.io/job-name") ?? "",
            Created = pod.Time("metadata", "creationTimestamp") ?? default,
            Phase = pod.Text("status", "phase") ?? "Pending",
            Reason = pod.Text("status", "reason"),
            Message = pod.Text("status", "message"),
            Node = pod.Text("spec", "nodeName"),
            Unscheduled = Condition(pod, "PodScheduled", "False")?.Text("message"),
            Disruption = disruption?.Text("reason"),
            DisruptionMessage = disruption?.Text("message"),
            Deleted = pod.Time("metadata", "deletionTimestamp"),
            Waiting = waiting.Text("state", "waiting", "reason"),
            WaitingMessage = waiting.Text("state", "waiting", "message"),
            ExitCode = container.Number("state", "terminated", "exitCode"),
            ContainerReason = container.Text("state", "terminated", "reason"),
            ContainerMessage = container.Text("state", "terminated", "message"),
            MemoryLimit = spec.Text("resources", "limits", "memory"),
        };
    }

    private static JsonElement? Condition(JsonElement pod, string type, string status) =>
        pod.Items("status", "conditions").Cast<JsonElement?>().FirstOrDefault(condition => condition?.Text("type") == type && condition?.Text("status") == status);
}
