using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Engines.Tests.Schedules;
using FlowGen;
using FlowGen.Engines;
using FlowGen.Kubernetes;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;
using FlowGen.Kubernetes.Schedules;
using k8s;
using k8s.Models;

namespace Engines.Tests.Kubernetes;

public class CronJobTests
{
    private static KubernetesSettings Settings(params (string Name, string Value)[] values) =>
        KubernetesSettings.Read(new EngineSettings("kubernetes", values.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), "registry.example.com/team/churn@sha256:0123"));

    private static JsonObject Full() => CronJobManifest.Of(
        Starts.Of("churn-production", 2, "30 6 * * MON-FRI", "Europe/Berlin", "--recorded", """{"engine":"kubernetes"}""", "--test-share=$(HOME)") with { MayOverlap = false },
        Settings(("secrets", "FLOWGEN_PARAM_PASSWORD=vault/key"), ("image-pull-secrets", "registry"), ("node-selector", "pool=small"), ("service-account", "nightly"), ("driver-pod", "spec: {containers: [{name: flow, env: [{name: A, value: '1'}]}]}")));

    [Fact]
    public void Of_Settings_IsAsTheGoldenFileSays() => ManifestTests.AssertGolden("cronjob.yaml", YamlWriter.Write(Full()));

    /// <summary>The test cluster does not know batch/v1, so the types of the official client stand for it: a field that they do not know would be lost on the way through them.</summary>
    [Fact]
    public void Of_EveryField_IsKnownToTheOfficialClient()
    {
        var manifest = Full();

        var known = KubernetesJson.Deserialize<V1CronJob>(manifest.ToJsonString());

        Assert.Equal(("Europe/Berlin", "Forbid", 3, "nightly"), (known.Spec.TimeZone, known.Spec.ConcurrencyPolicy, known.Spec.FailedJobsHistoryLimit, known.Spec.JobTemplate.Spec.Template.Spec.ServiceAccountName));
        Assert.Equal(YamlWriter.Write(Sorted(manifest)), YamlWriter.Write(Sorted(JsonNode.Parse(KubernetesJson.Serialize(known))!)));
    }

    [Fact]
    public void Of_FieldThatIsNoneOfKubernetes_IsNotKnown()
    {
        var manifest = Full();
        manifest["spec"]!["timezone"] = "UTC";
        Assert.NotEqual(YamlWriter.Write(Sorted(manifest)), YamlWriter.Write(Sorted(JsonNode.Parse(KubernetesJson.Serialize(KubernetesJson.Deserialize<V1CronJob>(manifest.ToJsonString())))!)));
    }

    [Theory]
    [InlineData("UTC", "Etc/UTC")]
    [InlineData("America/New_York", "America/New_York")]
    public void Of_TimeZone_IsThatOfTheTimeZoneDatabase(string declared, string zone) =>
        Assert.Equal(zone, (string?)CronJobManifest.Of(Starts.Of("churn", 1, "0 3 * * *", declared), Settings())["spec"]!["timeZone"]);

    [Fact]
    public void Of_SecretThatIsNowhere_SaysWhereToPutIt()
    {
        var start = Starts.Of("churn", 1, "0 3 * * *") with { RequiredSecrets = ["FLOWGEN_PARAM_PASSWORD"] };
        var error = Assert.Throws<FlowException>(() => CronJobManifest.Of(start, Settings()));
        Assert.Equal(KubeErrors.NoSecret, error.Code);
        Assert.Contains("--set secrets=FLOWGEN_PARAM_PASSWORD=SECRET/KEY", error.Message, StringComparison.Ordinal);
        CronJobManifest.Of(start, Settings(("secrets", "FLOWGEN_PARAM_PASSWORD=vault/key")));
        CronJobManifest.Of(start, Settings(("env-from", "vault")));
        CronJobManifest.Of(start, Settings(("driver-pod", "spec: {containers: [{name: flow, env: [{name: FLOWGEN_PARAM_PASSWORD_FILE, value: /secrets/key}]}]}")));
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Sorted(pair.Value!)))),
        JsonArray list => new JsonArray([.. list.Select(item => Sorted(item!))]),
        _ => node.DeepClone(),
    };
}
