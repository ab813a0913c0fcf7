using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using FlowGen.Engines;
using FlowGen.Kubernetes;
using FlowGen.Kubernetes.Manifests;

namespace Engines.Tests.Kubernetes;

public class ManifestTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Sources())!, "Golden");

    /// <summary>Text that YAML could take for something else.</summary>
    private static readonly string[] Traps = ["true", "null", "1e3", "0x1f", "- a", "yes", "", " ", "a: b", "2026-01-01", "=", "a #b"];

    private static string Sources([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static EngineSettings Settings(params (string Name, string Value)[] values) => new("kubernetes", values.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), "registry.example.com/team/churn@sha256:0123");

    /// <summary>With FLOWGEN_ACCEPT=1 the text becomes the golden one.</summary>
    internal static void AssertGolden(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file), text);
    }

    [Fact]
    public void Job_EverySetting_IsAsTheGoldenFileSays()
    {
        var settings = KubernetesSettings.Read(Settings(
            ("env-from", "aws"), ("gpu", "amd.com/gpu"), ("image-pull-policy", "Always"), ("image-pull-secrets", "registry,other"), ("job-service-account", "worker"), ("node-selector", "pool=big,zone="),
            ("pod", "metadata: {labels: {team: ml}}\nspec:\n  containers:\n  - name: flow\n    env: [{name: A, value: '1'}]\n    volumeMounts: [{mountPath: /data, name: data}]\n  volumes: [{name: data, emptyDir: {}}]\n  enableServiceLinks: null\n"),
            ("priority-class", "low"), ("secrets", "PASSWORD=vault/key"), ("tolerations", "spot,gpu=yes:NoSchedule"), ("user", "1000")));
        var job = Job.Shell("churn/6k8zv0000-abcdefgh", "s1-a1", "true", resources: new() { Cpu = 0.5, Memory = 1 << 30, Gpu = 2, Disk = 5L << 30 }) with
        {
            Flow = "churn",
            TimeLimit = TimeSpan.FromMinutes(10),
            Environment = [KeyValuePair.Create("FLOWGEN_DATASTORE", "s3://bucket/runs")],
            Secrets = ["PASSWORD"],
        };
        AssertGolden("tasks.yaml", YamlWriter.Write(JobManifest.Of(job, settings, ("driver", "11111111-2222"))));
    }

    [Fact]
    public void Driver_NoSetting_IsAsTheGoldenFileSays() =>
        AssertGolden("driver.yaml", YamlWriter.Write(JobManifest.Of(Job.Shell("churn/6k8zv0000-abcdefgh", "driver", "true", isDriver: true) with { Flow = "churn" }, KubernetesSettings.Read(Settings()), null)));

    [Fact]
    public void Permissions_AreTheLeastThatWillDo() => AssertGolden("role.yaml", new KubernetesEngine().Permissions(Settings(("namespace", "flows"), ("service-account", "churn"))));

    [Fact]
    public void Write_Json_IsReadBackAsItWas() => Node(4).Sample(node =>
    {
        if (node is JsonObject document) Assert.True(JsonNode.DeepEquals(document, YamlReader.ReadObject(YamlWriter.Write(document))), YamlWriter.Write(document));
    });

    private static Gen<JsonNode?> Node(int depth)
    {
        var leaf = Gen.OneOf<JsonNode?>(
            Gen.String[Gen.Char["ab01 -:#'\"\\\n\t{}[]&*!|>%@`,~.eE+æ"], 0, 8].Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Int[0, Traps.Length - 1].Select(i => (JsonNode?)JsonValue.Create(Traps[i])),
            Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number)), Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)), Gen.Const((JsonNode?)null));
        if (depth == 0) return leaf;
        var map = Gen.Select(Gen.String[Gen.Char["ab1 :-"], 0, 3], Node(depth - 1)).Array[0, 4].Select(pairs =>
        {
            var result = new JsonObject();
            foreach (var (key, value) in pairs) result[key] = value?.DeepClone();
            return (JsonNode?)result;
        });
        return Gen.Frequency((1, leaf), (3, map), (2, Node(depth - 1).Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))));
    }

    [Theory]
    [InlineData("a: [", "is no YAML")]
    [InlineData("- a", "must be one object")]
    [InlineData("a: 1\n---\nb: 2", "must be one object")]
    [InlineData("a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]", "has more than")]
    public void WhyNot_WhatIsNoTemplate_SaysSo(string text, string start) => Assert.StartsWith(start, YamlReader.WhyNot(text), StringComparison.Ordinal);

    [Fact]
    public void ReadObject_JsonAndYaml_AreTheSame() => Assert.True(JsonNode.DeepEquals(
        YamlReader.ReadObject("""{"a": 1, "b": ["x", null, true], "c": "1"}"""), YamlReader.ReadObject("a: 1\nb:\n- x\n- ~\n- true\nc: '1'\n")));

    [Theory]
    [InlineData("secrets", "A=b", "must be NAME=secret/key,NAME=secret/key")]
    [InlineData("tolerations", "a:Never", "must be key=value:Effect,key=value:Effect with an effect of NoSchedule, PreferNoSchedule or NoExecute")]
    [InlineData("node-selector", "a", "must be key=value,key=value")]
    [InlineData("namespace", "A_b", "must be names of Kubernetes: lower-case letters, digits, hyphens and dots")]
    [InlineData("user", "root", "must be a number, or image")]
    [InlineData("secrets", "A=b/c,D=e/f", null)]
    [InlineData("tolerations", "a,b=c,d:NoExecute", null)]
    public void Settings_WrongValue_SaysWhy(string name, string value, string? why) => Assert.Equal(why, new KubernetesEngine().Settings.Single(setting => setting.Name == name).WhyNot!(value));
}
