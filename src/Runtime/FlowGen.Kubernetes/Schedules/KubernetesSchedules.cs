using System.Text.Json;
using System.Text.Json.Nodes;
using FlowGen.Engines;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;

namespace FlowGen.Kubernetes.Schedules;

/// <summary>
/// CronJobs. What is different is asked of the server: it says what it would make of a manifest (a dry run), with all its defaults, and that is compared with what is there. So nothing is kept beside the
/// cluster, and what somebody changed there by hand is seen too.
/// </summary>
/// <param name="settings">What is set.</param>
/// <param name="connect">Finds the cluster, once it is needed.</param>
/// <param name="version">Of CronJob.</param>
internal sealed class KubernetesSchedules(KubernetesSettings settings, Func<KubeConnection> connect, string version = CronJobManifest.Version) : ISchedules
{
    private const string DryRun = "?dryRun=All";

    private readonly Lazy<KubeConnection> _connection = new(connect);

    private KubeConnection Connection => _connection.Value;

    private string Items => $"apis/{version}/namespaces/{Connection.Namespace}/cronjobs";

    public async ValueTask<IReadOnlyList<InstalledSchedule>> ListAsync(CancellationToken cancel) => [.. (await ReadAsync("", cancel).ConfigureAwait(false)).Select(Describe)];

    public async ValueTask<IReadOnlyList<ScheduleChange>> InstallAsync(string group, IReadOnlyList<ScheduledStart> starts, CancellationToken cancel)
    {
        var present = (await ReadAsync($",{CronJobManifest.GroupLabel}={group}", cancel).ConfigureAwait(false)).ToDictionary(static item => item.Text("metadata", "name")!, StringComparer.Ordinal);
        var plans = new List<(ScheduleChange Change, JsonObject Manifest)>();
        foreach (var start in starts) plans.Add(await PlanAsync(start, present.TryGetValue(start.Name, out var item) ? item : null, cancel).ConfigureAwait(false));
        foreach (var (change, manifest) in plans)
        {
            if (change.Fate != ScheduleFate.Unchanged) await PutAsync(change.Name, manifest, isThere: change.Fate == ScheduleFate.Updated, "", cancel).ConfigureAwait(false);
        }

        var stale = present.Keys.Except(starts.Select(static start => start.Name)).ToList();
        await DeleteAsync(stale, cancel).ConfigureAwait(false);
        return [.. plans.Select(static plan => plan.Change).Concat(stale.Select(static name => new ScheduleChange(name, ScheduleFate.Removed, IsSuspended: false, []))).OrderBy(static change => change.Name, StringComparer.Ordinal)];
    }

    public string Describe(string group, IReadOnlyList<ScheduledStart> starts) => YamlWriter.Write(starts.Select(start =>
    {
        var manifest = CronJobManifest.Of(start, settings, version);
        manifest["metadata"]!["namespace"] = KubeConnection.NamespaceOf(settings);
        return manifest;
    }));

    public async ValueTask SuspendAsync(IReadOnlyCollection<string> names, bool isSuspended, CancellationToken cancel)
    {
        foreach (var name in names)
        {
            if (await Connection.SendAsync(HttpMethod.Get, $"{Items}/{name}", null, cancel).ConfigureAwait(false) is not { } item) continue;
            var manifest = (JsonObject)JsonNode.Parse(item.GetRawText())!;
            manifest["spec"]!["suspend"] = isSuspended;
            await PutAsync(name, manifest, isThere: true, "", cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask DeleteAsync(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        foreach (var name in names)
        {
            // Jobs that it made go with it, and they are none of the runs: those are jobs of their own.
            await Connection.SendAsync(HttpMethod.Delete, $"{Items}/{name}", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = "Background" }, cancel).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated) _connection.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<(ScheduleChange Change, JsonObject Manifest)> PlanAsync(ScheduledStart start, JsonElement? present, CancellationToken cancel)
    {
        var manifest = CronJobManifest.Of(start, settings, version);
        var isSuspended = present?.At("spec", "suspend") is { ValueKind: JsonValueKind.True };
        manifest["spec"]!["suspend"] = isSuspended;
        var would = await PutAsync(start.Name, manifest, present is not null, DryRun, cancel).ConfigureAwait(false);
        // Clusters before 1.25 leave out what they do not know, and would start at another time.
        if (would.Text("spec", "timeZone") is null && start.Zone.Id is not ("UTC" or "Etc/UTC"))
            throw new FlowException(KubeErrors.NoCronJobs, $"This cluster knows no time zones of CronJobs (Kubernetes 1.25 is the first that does), so it would start '{start.Declared.Cron}' at another time than {start.Declared.TimeZone} has. Write the schedule in UTC.", 1);
        if (present is not { } there) return (new ScheduleChange(start.Name, ScheduleFate.Installed, IsSuspended: false, []), manifest);
        var differences = ManifestDifferences.Between(there, would);
        return (new ScheduleChange(start.Name, differences.IsEmpty ? ScheduleFate.Unchanged : ScheduleFate.Updated, isSuspended, differences), manifest);
    }

    private async ValueTask<JsonElement> PutAsync(string name, JsonObject manifest, bool isThere, string query, CancellationToken cancel) =>
        await Connection.SendAsync(isThere ? HttpMethod.Put : HttpMethod.Post, $"{Items}{(isThere ? "/" + name : "")}{query}", manifest, cancel).ConfigureAwait(false)
        ?? throw new FlowException(KubeErrors.OtherCronJob, isThere
            ? $"The CronJob {name} was removed at this moment by somebody else; do it again."
            : $"There is a CronJob {name} in the namespace {Connection.Namespace} that FlowGen has not made. Remove or rename it, or choose another namespace with --set namespace=NAME.", 1);

    private async ValueTask<List<JsonElement>> ReadAsync(string selector, CancellationToken cancel)
    {
        var labels = Uri.EscapeDataString($"app.kubernetes.io/managed-by=flowgen,{JobManifest.RoleLabel}={CronJobManifest.ScheduleRole}{selector}");
        return await Connection.SendAsync(HttpMethod.Get, $"{Items}?labelSelector={labels}", null, cancel).ConfigureAwait(false) is { } list ? [.. list.Items("items")]
            : throw new FlowException(KubeErrors.NoCronJobs, $"This cluster has no CronJobs of {version}: Kubernetes 1.21 is the first that has. Let another scheduler start 'submit', or upgrade the cluster.", 1);
    }

    private static InstalledSchedule Describe(JsonElement item) => new(
        item.Text("metadata", "name")!,
        item.Text("metadata", "labels", CronJobManifest.GroupLabel) ?? "",
        item.Text("metadata", "labels", JobManifest.FlowLabel) ?? "",
        item.Text("metadata", "annotations", CronJobManifest.CronNote) ?? item.Text("spec", "schedule") ?? "",
        item.Text("metadata", "annotations", CronJobManifest.ZoneNote) ?? item.Text("spec", "timeZone") ?? "UTC",
        item.At("spec", "suspend") is { ValueKind: JsonValueKind.True },
        item.Text("metadata", "annotations", CronJobManifest.UserNote) ?? "")
    { LastStart = item.Time("status", "lastScheduleTime") };
}
