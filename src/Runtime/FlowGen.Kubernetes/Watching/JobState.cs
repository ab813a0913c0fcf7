using System.Text.Json;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Kubernetes.Watching;

/// <summary>What is read of a Job.</summary>
internal sealed record JobState(string Name, string Uid, string Run, bool IsDriver, bool Complete, bool Failed, string? Reason, string? Message)
{
    public bool HasEnded => Complete || Failed;

    public static JobState Read(JsonElement job)
    {
        // "FailureTarget" and "SuccessCriteriaMet" come before the pods have ended; these two after.
        var end = job.Items("status", "conditions").FirstOrDefault(static condition => condition.Text("type") is "Complete" or "Failed" && condition.Text("status") == "True");
        return new JobState(
            job.Text("metadata", "name") ?? "", job.Text("metadata", "uid") ?? "",
            job.Text("metadata", "annotations", JobManifest.RunLabel) ?? "",
            job.Text("metadata", "labels", JobManifest.RoleLabel) == JobManifest.Driver,
            end.Text("type") == "Complete", end.Text("type") == "Failed", end.Text("reason"), end.Text("message"));
    }
}
