using System.Text.Json.Nodes;
using FlowGen.Engines;

namespace FlowGen.Kubernetes.Manifests;

/// <summary>A Job: starts one pod and, unless it drives a run, never another.</summary>
internal static class JobManifest
{
    public const string RunLabel = "flowgen.dev/run", FlowLabel = "flowgen.dev/flow", RoleLabel = "flowgen.dev/role", Driver = "driver", Tasks = "tasks";

    /// <summary>How often a driver is started again. Clusters from 1.26 on do not count what disrupted it, nor start it again when the run is over; in older ones a start after the end finds the run closed and ends.</summary>
    private const int DriverRestarts = 20;

    /// <summary>For how long Kubernetes keeps a job that has ended: a driver that was away finds out how it did.</summary>
    private const int KeptSeconds = 24 * 60 * 60;

    /// <param name="job">What it is to do.</param>
    /// <param name="settings">What is set.</param>
    /// <param name="owner">The driver's job and its uid, with which the job goes; <c>null</c> if no job drives the run.</param>
    public static JsonObject Of(JobRequest job, KubernetesSettings settings, (string Name, string Uid)? owner)
    {
        var metadata = new JsonObject { ["name"] = job.Name, ["labels"] = Labels(job), ["annotations"] = new JsonObject { [RunLabel] = job.Run } };
        if (owner is { } driver)
            metadata["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["name"] = driver.Name, ["uid"] = driver.Uid, ["controller"] = false, ["blockOwnerDeletion"] = false });
        return new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = metadata, ["spec"] = Spec(job, settings, Labels(job)) };
    }

    /// <summary>What a Job and a CronJob have in common.</summary>
    /// <param name="job">What it is to do.</param>
    /// <param name="settings">What is set.</param>
    /// <param name="labels">Labels of its pods.</param>
    public static JsonObject Spec(JobRequest job, KubernetesSettings settings, JsonObject labels)
    {
        var spec = new JsonObject { ["backoffLimit"] = job.IsDriver ? DriverRestarts : 0, ["ttlSecondsAfterFinished"] = KeptSeconds };
        if (job.IsDriver)
        {
            spec["podFailurePolicy"] = new JsonObject
            {
                ["rules"] = new JsonArray(
                    Exit("FailJob", 1, 2, 3, 130),
                    Exit("Ignore", 75),
                    new JsonObject { ["action"] = "Ignore", ["onPodConditions"] = new JsonArray(new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True" }) }),
            };
        }
        spec["template"] = PodTemplate.Of(job, settings, labels);
        return spec;
    }

    /// <summary>The label of a run: the part of its key that is unique and can be a label.</summary>
    public static string LabelOf(string run) => run[(run.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static string FlowLabelOf(string flow) => flow.Length <= 63 ? flow : flow[..63].TrimEnd('-');

    public static JsonObject Labels(JobRequest job) => new()
    {
        ["app.kubernetes.io/managed-by"] = "flowgen",
        [FlowLabel] = FlowLabelOf(job.Flow),
        [RunLabel] = LabelOf(job.Run),
        [RoleLabel] = job.IsDriver ? Driver : Tasks,
    };

    private static JsonObject Exit(string action, params int[] codes) => new()
    {
        ["action"] = action,
        ["onExitCodes"] = new JsonObject { ["containerName"] = PodTemplate.Container, ["operator"] = "In", ["values"] = new JsonArray([.. codes.Select(static code => (JsonNode)code)]) },
    };
}
