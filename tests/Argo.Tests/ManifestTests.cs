using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argo.Tests.Workflows;

namespace Argo.Tests;

public sealed class ManifestTests : IDisposable
{
    /// <summary>Argo's published schema, which is not ours to keep: <c>build/engines/argo/schema.sh</c> fetches it.</summary>
    private static readonly string? s_schema = Environment.GetEnvironmentVariable("FLOWGEN_TEST_ARGO_SCHEMA");

    private readonly FlowFolder _flows = new();

    public static TheoryData<string, string[]> Manifests => new()
    {
        { "squares", [] },
        { "release", ["--tag", "weekly", "--fail-fast", "--max-parallel", "8", "--public"] },
        { "orders", ["--set", "env-from=all-secrets"] },
        { "fragile", ["--with", "shaky:retry=5,backoff=1m,timeout=3m"] },
        { "corners", ["--set", "command=/app/flows", "--set", "name=corner-cases", "--set", "namespace=team", "--set", "service-account=argo-pods", "--set", "image-pull-secrets=a,b", "--set", "pod=pod.yaml", "--set", "node-selector=pool=big"] },
        { "nightly", ["--set", "secrets=FLOWGEN_PARAM_PASSWORD=vault/archive", "--days", "mon", "--days", "a,b", "--title", "a: b"] },
    };

    public void Dispose() => _flows.Dispose();

    [Theory, MemberData(nameof(Manifests))]
    public async Task Manifest_OfEachFlow_IsAsTheGoldenFileSays(string flow, string[] options)
    {
        var text = await ManifestAsync(flow, options);

        var file = Path.Combine(Path.GetDirectoryName(Sources())!, "Golden", flow + ".yaml");
        if (Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1") await File.WriteAllTextAsync(file, text);
        Assert.Equal(await File.ReadAllTextAsync(file), text);
    }

    [Theory, MemberData(nameof(Manifests))]
    public async Task Manifest_OfEachFlow_FollowsTheSchemaOfArgo(string flow, string[] options)
    {
        Assert.SkipUnless(s_schema is not null, "FLOWGEN_TEST_ARGO_SCHEMA names no copy of Argo's schema: build/engines/argo/schema.sh fetches one.");
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(s_schema));
        var check = new SchemaCheck(schema.RootElement);

        var manifests = Yaml.Read(await ManifestAsync(flow, options));

        foreach (var manifest in manifests) Assert.Empty(check.Check(JsonSerializer.SerializeToElement(manifest)));
        // The check itself must be able to fail.
        var broken = (JsonObject)manifests[0].DeepClone();
        broken["spec"]!["templates"]![0]!["dag"]!["tasks"]![0]!["dependz"] = "x";
        broken["spec"]!["templates"]![1]!["container"]!.AsObject().Remove("image");
        Assert.Equal(["WorkflowTemplate.spec.templates[0].dag.tasks[0].dependz is not known", "WorkflowTemplate.spec.templates[1].container.image is missing"], check.Check(JsonSerializer.SerializeToElement(broken)));
    }

    [Fact]
    public async Task Schedules_OfTwoTimeZones_AreTwoCronWorkflowsOfTheTemplate()
    {
        var manifests = Yaml.Read(await _flows.ManifestAsync("nightly"));

        Assert.Equal(["WorkflowTemplate", "CronWorkflow", "CronWorkflow"], manifests.Select(manifest => manifest["kind"]!.GetValue<string>()));
        Assert.Equal(["""["0 3 * * *"] Europe/Berlin nightly""", """["30 6 * * 1"] UTC nightly"""],
            manifests.Skip(1).Select(manifest => manifest["spec"]!).Select(spec => $"{spec["schedules"]!.ToJsonString()} {spec["timezone"]} {spec["workflowSpec"]!["workflowTemplateRef"]!["name"]}"));
    }

    [Fact]
    public async Task Templates_OfAWideForeach_AreAsManyAsOfANarrowOne() =>
        Assert.Equal((await _flows.ManifestAsync("squares", "--count", "5")).Length, (await _flows.ManifestAsync("squares", "--count", "8")).Length);

    [Theory]
    [InlineData("FG1380: Step 'count' can need 1000 rounds", "endless", "--engine", "argo", "--manifest", "-", "--image", "x")]
    [InlineData("FG1380: An option has the text '/{{x}}'", "squares", "--engine", "argo", "--manifest", "-", "--image", "x", "--store", "/{{x}}")]
    [InlineData("FG1317: The engine argo is sent no runs", "squares", "--engine", "argo", "--image", "x")]
    [InlineData("FG1317: The engine local takes no manifest", "squares", "--manifest", "x.yaml")]
    [InlineData("FG1003: Options --manifest and --resume: a manifest is for new runs", "squares", "--engine", "argo", "--manifest", "x.yaml", "--resume", "latest", "--image", "x")]
    [InlineData("FG1305: The engine argo starts images", "squares", "--engine", "argo", "--manifest", "-")]
    [InlineData("FG1005: Option --count: '-1'", "squares", "--engine", "argo", "--manifest", "-", "--image", "x", "--count=-1")]
    public async Task Submit_WhatCannotBe_SaysWhatToDoAndWritesNothing(string message, params string[] args)
    {
        var (code, output, error) = await _flows.RunAsync(["submit", .. args]);

        Assert.Equal(2, code);
        Assert.Contains("error " + message, error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Empty(Directory.GetFiles(_flows.Folder));
    }

    [Fact]
    public async Task Manifest_ToAFile_IsWrittenThere()
    {
        Assert.Contains("out.yaml", await _flows.OutAsync("submit", "squares", "--engine", "argo", "--manifest", "out.yaml", "--image", "registry.example.com/flows:1", "--store", "/shared/runs"), StringComparison.Ordinal);

        Assert.Equal(await _flows.ManifestAsync("squares", "--store", "/shared/runs"), await File.ReadAllTextAsync(Path.Combine(_flows.Folder, "out.yaml")));
    }

    [Fact]
    public async Task Drive_ByHandOfARunThatAWorkflowLeft_RunsTheRestHere()
    {
        var workflow = await _flows.WorkflowAsync("squares", []);
        workflow.OnPod = pod =>
        {
            // As when the whole workflow is deleted: no pod starts any more, and no exit handler.
            if (pod.Template == "square-run") throw new OperationCanceledException();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<OperationCanceledException>(workflow.RunAsync);

        await _flows.OutAsync("drive", workflow.Run);

        Assert.Equal("30", await _flows.ValueAsync(workflow.Run, "sum"));
    }

    private async Task<string> ManifestAsync(string flow, string[] options)
    {
        await File.WriteAllTextAsync(Path.Combine(_flows.Folder, "pod.yaml"), "metadata: {labels: {team: ml}}\nspec:\n  hostNetwork: true\n  containers:\n  - name: flow\n    volumeMounts: [{mountPath: /data, name: data}]\n  - {name: proxy, image: proxy}\n  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n");
        return await _flows.ManifestAsync(flow, [.. options, "--store", "/shared/runs"]);
    }

    private static string Sources([CallerFilePath] string path = "") => path;
}
