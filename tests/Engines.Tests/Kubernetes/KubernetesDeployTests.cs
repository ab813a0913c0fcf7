using System.Text.Json.Nodes;
using EndToEnd.Tests;
using FlowGen.Kubernetes.Api;
using FlowGen.Kubernetes.Manifests;

namespace Engines.Tests.Kubernetes;

/// <summary>What a CronJob would start, started on a real cluster, where a Job is the same for all versions: the driver's account may do just what the printed Role allows.</summary>
[Collection(KubeCluster.Cores)]
public sealed class KubernetesDeployTests(KubeCluster cluster) : IClassFixture<KubeCluster>, IDisposable
{
    private readonly FlowProgram _program = new() { Deadline = TimeSpan.FromMinutes(3) };

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task JobOfTheTemplate_StartsTheRunOfItsTime_Once()
    {
        var options = HostPods.Options(cluster, _program.Directory);
        var printed = (await _program.RunAsync(["deploy", "tides", "--harbour", "it's $(HOME)", "--production", "--tag", "by day", "--dry-run", .. options])).With(0).Out;
        var template = (JsonObject)YamlReader.ReadObject(printed.Split("---\n")[1])["spec"]!["jobTemplate"]!;
        var time = new DateTimeOffset(2026, 3, 13, 6, 30, 0, default);

        var first = await StartAsync(template, $"tides-production-2-{time.ToUnixTimeSeconds() / 60}");
        var again = await StartAsync(template, $"tides-production-2-{time.ToUnixTimeSeconds()}");

        Assert.Contains("is submitted to kubernetes; its driver is the job fg-", first, StringComparison.Ordinal);
        Assert.Equal(first.Split(' ')[1], again.Split('\n').Single(line => line.StartsWith("Run ", StringComparison.Ordinal)).Split(' ')[1]);
        (await _program.RunAsync("logs", "latest", "--follow")).With(0);
        var run = Assert.Single((await _program.RunAsync("runs", "--all-users", "--json")).With(0).Json.EnumerateArray());
        Assert.Equal(("succeeded", Environment.UserName), (run.GetProperty("status").GetString(), run.GetProperty("user").GetString()));
        Assert.Equal(["schedule:tides-production-2", "project:coast", "branch:production", "by day"], run.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("it's $(HOME) 2026-03-13 06:30", (await _program.RunAsync("dump", "latest", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetString());
    }

    /// <summary>Starts a Job as the clock of the cluster would, and waits for its end.</summary>
    /// <returns>What it printed.</returns>
    private async Task<string> StartAsync(JsonObject template, string name)
    {
        var job = new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = template["metadata"]!["labels"]!.DeepClone() }, ["spec"] = template["spec"]!.DeepClone() };
        await cluster.CreateAsync($"apis/batch/v1/namespaces/{cluster.Namespace}/jobs", job);
        for (var limit = DateTime.UtcNow.AddMinutes(2); ; await Task.Delay(200))
        {
            var pods = (await cluster.Admin.SendAsync(HttpMethod.Get, $"api/v1/namespaces/{cluster.Namespace}/pods?labelSelector=job-name={name}", null, CancellationToken.None))!.Value.Items("items").ToList();
            if (pods is [var pod] && pod.Text("status", "phase") is "Succeeded" or "Failed" || DateTime.UtcNow > limit && pods.Count > 0)
            {
                var text = await cluster.Admin.ReadTextAsync($"api/v1/namespaces/{cluster.Namespace}/pods/{pods[0].Text("metadata", "name")}/log", CancellationToken.None) ?? "";
                return pods[0].Text("status", "phase") == "Succeeded" ? text : throw new InvalidOperationException($"{pods[0].GetProperty("status")}: {text}");
            }
        }
    }
}
