using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Kubernetes.Schedules;

/// <summary>A CronJob (<c>batch/v1</c>). Its Jobs are made as drivers' are, with their account, overlay and restarts; the program finds in the name of the Job for which time it was made.</summary>
internal static class CronJobManifest
{
    public const string Version = "batch/v1", GroupLabel = "flowgen.dev/group", ScheduleRole = "schedule";
    public const string CronNote = "flowgen.dev/cron", ZoneNote = "flowgen.dev/time-zone", UserNote = "flowgen.dev/user";

    /// <summary>A time that was missed, for the cluster was away, is made up for within an hour. Without a limit Kubernetes gives a CronJob up that has missed a hundred.</summary>
    private const int LateSeconds = 60 * 60;

    /// <summary>Jobs that stay to be looked at. What they did is in the store.</summary>
    private const int KeptJobs = 3;

    /// <exception cref="FlowException">A secret has no place, or the time zone no name that Kubernetes knows.</exception>
    public static JsonObject Of(ScheduledStart start, KubernetesSettings settings, string version = Version)
    {
        var spec = JobManifest.Spec(start.Job, settings, Labels(start));
        var container = (JsonObject)((JsonArray)spec["template"]!["spec"]!["containers"]!).First(static item => (string?)item!["name"] == PodTemplate.Container)!;
        CheckSecrets(start, container);
        ((JsonArray)container["env"]!).Add((JsonNode)new JsonObject
        {
            ["name"] = ScheduledStart.JobVariable,
            ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["fieldPath"] = "metadata.labels['job-name']" } },
        });
        return new JsonObject
        {
            ["apiVersion"] = version,
            ["kind"] = "CronJob",
            ["metadata"] = new JsonObject
            {
                ["name"] = start.Name,
                ["labels"] = Labels(start),
                ["annotations"] = new JsonObject { [CronNote] = start.Declared.Cron, [ZoneNote] = start.Declared.TimeZone, [UserNote] = start.User },
            },
            ["spec"] = new JsonObject
            {
                ["schedule"] = start.Cron.ToString(),
                ["timeZone"] = ZoneOf(start),
                ["suspend"] = false,
                ["concurrencyPolicy"] = start.MayOverlap ? "Allow" : "Forbid",
                ["startingDeadlineSeconds"] = LateSeconds,
                ["successfulJobsHistoryLimit"] = KeptJobs,
                ["failedJobsHistoryLimit"] = KeptJobs,
                ["jobTemplate"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = Labels(start) }, ["spec"] = spec },
            },
        };
    }

    private static JsonObject Labels(ScheduledStart start) => new()
    {
        ["app.kubernetes.io/managed-by"] = "flowgen",
        [JobManifest.FlowLabel] = JobManifest.FlowLabelOf(start.Job.Flow),
        [GroupLabel] = start.Group,
        [JobManifest.RoleLabel] = ScheduleRole,
    };

    private static string ZoneOf(ScheduledStart start) => start.Zone.HasIanaId ? start.Zone.Id == "UTC" ? "Etc/UTC" : start.Zone.Id
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(start.Zone.Id, out var iana) ? iana
        : throw new FlowException(KubeErrors.NoCronJobs, $"The time zone '{start.Declared.TimeZone}' has no name that Kubernetes knows. Write one such as Europe/Berlin.", 2);

    /// <summary>A run that lacks a secret would fail each time, with nobody looking.</summary>
    private static void CheckSecrets(ScheduledStart start, JsonObject container)
    {
        if (container["envFrom"] is JsonArray { Count: > 0 }) return;
        var known = ((JsonArray)container["env"]!).Select(static variable => (string?)variable!["name"]).ToHashSet(StringComparer.Ordinal);
        if (start.RequiredSecrets.FirstOrDefault(name => !known.Contains(name) && !known.Contains(name + "_FILE")) is { } missing)
            throw new FlowException(KubeErrors.NoSecret, $"Each run needs the secret {missing}, and nothing says where pods find it. Put it into a Secret of the namespace, and name that: --set secrets={missing}=SECRET/KEY.", 2);
    }
}
