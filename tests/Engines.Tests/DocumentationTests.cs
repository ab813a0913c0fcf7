using System.Reflection;
using FlowGen.Engines;
using FlowGen.Kubernetes;
using FlowGen.Kubernetes.Api;
using FlowGen.Slurm;
using Package.Tests.Infrastructure;

namespace Engines.Tests;

public class DocumentationTests
{
    public static TheoryData<string> Engines => [.. All.Select(engine => engine.Name)];

    private static IReadOnlyList<Engine> All { get; } = [new KubernetesEngine(), new SlurmEngine()];

    private static string Docs => Path.Combine(Repository.Root, "docs");

    [Theory, MemberData(nameof(Engines))]
    public void Settings_Page_HasThemAll(string name)
    {
        var engine = All.Single(engine => engine.Name == name);
        var rows = File.ReadAllLines(Path.Combine(Docs, name + ".md")).SkipWhile(line => line != "## Settings").Skip(4).TakeWhile(line => line.StartsWith('|'));
        Assert.Equal(engine.Settings.Select(setting => $"| `{setting.Name}` | {setting.Help} | {(setting.Default is null ? "" : $"`{setting.Default}` ")}|"), rows);
        Assert.Equal(engine.Settings.Select(setting => setting.Name).Order(StringComparer.Ordinal), engine.Settings.Select(setting => setting.Name));
    }

    [Fact]
    public void EveryErrorOfEngines_HasAPage()
    {
        var ids = new[] { typeof(KubeErrors), typeof(SlurmErrors) }.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.InRange(ids.Count, 5, 50);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var id in ids)
        {
            var page = File.ReadAllText(Path.Combine(Docs, "rules", id + ".md"));
            Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
            Assert.Contains("\n## What to do\n", page, StringComparison.Ordinal);
        }
    }
}
