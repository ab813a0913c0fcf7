using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Engines.Tests.Schedules;
using FlowGen;
using FlowGen.Engines;
using FlowGen.Kubernetes;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Schedules;

namespace Engines.Tests.Kubernetes;

/// <summary>Schedules on a real cluster. It knows CronJobs as batch/v1beta1 only, which are the same but for time zones.</summary>
[Collection(KubeCluster.Cores)]
public sealed class KubernetesSchedulesTests(KubeCluster cluster) : IClassFixture<KubeCluster>
{
    private readonly string _group = "g" + Guid.NewGuid().ToString("n")[..8];

    private KubernetesSchedules Open(string version = "batch/v1beta1", params (string Name, string Value)[] settings)
    {
        cluster.SkipWithoutCluster();
        var read = KubernetesSettings.Read(new EngineSettings("kubernetes", settings.Append((Name: "namespace", Value: cluster.Namespace)).ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), "churn:1"));
        return new KubernetesSchedules(read, () => KubeConnection.Open(read), version);
    }

    private ScheduledStart Start(int number, string cron, string zone = "UTC", params string[] arguments) => Starts.Of(_group, number, cron, zone, arguments);

    private async Task<string> InstallAsync(KubernetesSchedules schedules, params ScheduledStart[] starts)
    {
        await using (schedules) return string.Join(", ", (await schedules.InstallAsync(_group, starts, CancellationToken.None)).Select(change => $"{change.Name[(_group.Length + 1)..]} {change.Fate}{(change.IsSuspended ? " rests" : "")}"));
    }

    private async Task<List<InstalledSchedule>> ListAsync()
    {
        await using var schedules = Open();
        return [.. (await schedules.ListAsync(CancellationToken.None)).Where(schedule => schedule.Group == _group).OrderBy(schedule => schedule.Name, StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Install_Again_ChangesWhatIsDifferent()
    {
        Assert.Equal("1 Installed, 2 Installed", await InstallAsync(Open(), Start(1, "0 3 1 1 *"), Start(2, "@yearly")));
        Assert.Equal("1 Unchanged, 2 Unchanged", await InstallAsync(Open(), Start(1, "0 3 1 1 *"), Start(2, "@yearly")));
        await using (var schedules = Open()) await schedules.SuspendAsync([$"{_group}-1"], isSuspended: true, CancellationToken.None);

        await using var again = Open(settings: ("service-account", "other"));
        var changes = await again.InstallAsync(_group, [Start(1, "0 4 1 1 *", "UTC", "--test-share=0.3")], CancellationToken.None);

        Assert.Equal([(ScheduleFate.Updated, true), (ScheduleFate.Removed, false)], changes.Select(change => (change.Fate, change.IsSuspended)));
        Assert.Equal(
            ["metadata.annotations.flowgen.dev/cron: 0 3 1 1 * → 0 4 1 1 *", "schedule: 0 3 1 1 * → 0 4 1 1 *", "args[4]: nothing → --test-share=0.3", "serviceAccountName: flowgen → other", "serviceAccount: flowgen → other"],
            changes[0].Details.Select(line => line.Replace("jobTemplate.spec.template.spec.", "", StringComparison.Ordinal)), EqualityComparer<string>.Default);
        var installed = Assert.Single(await ListAsync());
        Assert.Equal(($"{_group}-1", "churn", "0 4 1 1 *", "UTC", true, "ann", null), (installed.Name, installed.Flow, installed.Cron, installed.TimeZone, installed.IsSuspended, installed.User, installed.LastStart));
    }

    [Fact]
    public async Task Install_ChangedByHand_IsPutRight()
    {
        await InstallAsync(Open(), Start(1, "0 3 1 1 *"));
        var path = $"apis/batch/v1beta1/namespaces/{cluster.Namespace}/cronjobs/{_group}-1";
        var item = (JsonObject)JsonNode.Parse((await cluster.Admin.SendAsync(HttpMethod.Get, path, null, CancellationToken.None))!.Value.GetRawText())!;
        item["spec"]!["concurrencyPolicy"] = "Replace";
        await cluster.Admin.SendAsync(HttpMethod.Put, path, item, CancellationToken.None);

        Assert.Equal("1 Updated", await InstallAsync(Open(), Start(1, "0 3 1 1 *")));
        Assert.Equal("1 Unchanged", await InstallAsync(Open(), Start(1, "0 3 1 1 *")));
    }

    [Fact]
    public async Task Delete_OneOfTwo_LeavesTheOther()
    {
        await InstallAsync(Open(), Start(1, "0 3 1 1 *"), Start(2, "@yearly"));
        await using (var schedules = Open()) await schedules.DeleteAsync([$"{_group}-1", "nobody"], CancellationToken.None);
        Assert.Equal([$"{_group}-2"], (await ListAsync()).Select(schedule => schedule.Name));
    }

    [Fact]
    public async Task Install_ClusterThatDropsTheTimeZone_WritesNothing()
    {
        var error = await Assert.ThrowsAsync<FlowException>(() => InstallAsync(Open(), Start(1, "0 3 1 1 *"), Start(2, "0 3 1 1 *", "Europe/Berlin")));
        Assert.Equal((KubeErrors.NoCronJobs, 1), (error.Code, error.ExitCode));
        Assert.Contains("would start '0 3 1 1 *' at another time than Europe/Berlin has", error.Message, StringComparison.Ordinal);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task List_ClusterWithoutCronJobs_SaysSo()
    {
        await using var schedules = Open("batch/v1");
        Assert.Equal(KubeErrors.NoCronJobs, (await Assert.ThrowsAsync<FlowException>(async () => await schedules.ListAsync(CancellationToken.None))).Code);
    }

    [Fact]
    public async Task Install_NameOfAnotherCronJob_LeavesItAlone()
    {
        var foreign = CronJobManifest.Of(Start(1, "0 3 1 1 *"), KubernetesSettings.Read(new EngineSettings("kubernetes", ImmutableSortedDictionary<string, string>.Empty, "other:1")), "batch/v1beta1");
        foreign["metadata"]!["labels"] = new JsonObject();
        cluster.SkipWithoutCluster();
        await cluster.CreateAsync($"apis/batch/v1beta1/namespaces/{cluster.Namespace}/cronjobs", foreign);

        Assert.Equal(KubeErrors.OtherCronJob, (await Assert.ThrowsAsync<FlowException>(() => InstallAsync(Open(), Start(1, "0 3 1 1 *")))).Code);
    }
}
