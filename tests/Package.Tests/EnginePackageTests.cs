using System.IO.Compression;
using System.Xml.Linq;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>Somebody adds the packages of engines.</summary>
public sealed class EnginePackageTests(PackedFeed feed)
{
    [Theory]
    [InlineData("FlowGen.Slurm", "FlowGen")]
    [InlineData("FlowGen.Argo", "FlowGen", "YamlDotNet")]
    [InlineData("FlowGen.Kubernetes", "FlowGen", "KubernetesClient.Aot", "Vecc.YamlDotNet.Analyzers.StaticGenerator", "YamlDotNet")]
    public void Pack_Engine_DependsOnExactlyItsOwnVersion(string name, params string[] expected)
    {
        using var package = ZipFile.OpenRead(feed.PackageFileOf(name));
        Assert.Equal([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], package.Entries.Select(e => e.FullName).Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        using var nuspec = package.GetEntry(name + ".nuspec")!.Open();
        var dependencies = XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName == "dependency").ToDictionary(e => e.Attribute("id")!.Value, e => e.Attribute("version")!.Value);
        Assert.Equal(expected, dependencies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal($"[{feed.Version}]", dependencies["FlowGen"]);
    }
}
