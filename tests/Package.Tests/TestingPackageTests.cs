using System.IO.Compression;
using System.Xml.Linq;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>Somebody adds FlowGen.Testing to a project.</summary>
public sealed class TestingPackageTests(PackedFeed feed)
{
    [Fact]
    public async Task Run_ProgramWithThePackageAlone_TestsAFlow()
    {
        var project = new ConsoleProject(feed, "Tests", package: "FlowGen.Testing");
        project.Write("Program.cs", """
            using FlowGen;
            using FlowGen.Testing;

            var test = new FlowTest().Replace(SumFlow.Numbers, () => [1, 2, 3]).Fail("square[1]", new IOException("busy"), times: 1);
            var run = await new SumFlow().RunAsync(test);
            test.AssertSucceeded("square", "sum").AssertAttempts("square[1]", 2).AssertOrder("numbers", "square", "sum");
            Console.WriteLine(await run.Sum);
            try { test.AssertFailed("sum"); }
            catch (FlowAssertionException e) { Console.WriteLine(e.Message); }

            [Flow]
            public partial class SumFlow
            {
                [Step] public static int[] Numbers() => throw new InvalidOperationException("not in a test");

                [Step, Retry(1, Backoff = "10m")] public static int Square([ForEach(nameof(Numbers))] int number) => number * number;

                [Step] public static int Sum([Gather(nameof(Square))] IReadOnlyList<int> squares) => squares.Sum();
            }
            """);
        var build = (await project.BuildAsync()).MustSucceed();
        Assert.DoesNotContain(": warning ", build.Output, StringComparison.Ordinal);

        var lines = (await project.RunAsync()).MustSucceed().Output.Split('\n');

        Assert.Equal(["14", "Task 'sum' succeeded, expected that it failed."], lines[..2]);
        Assert.False(Directory.Exists(Path.Combine(project.Folder, ".flowgen")), "A flow under test was stored on the disk.");
    }

    [Fact]
    public void Pack_Package_DependsOnItsOwnVersionOfFlowGenAlone()
    {
        using var package = ZipFile.OpenRead(feed.PackageFileOf("FlowGen.Testing"));
        Assert.Equal(["README.md", "lib/net10.0/FlowGen.Testing.dll", "lib/net10.0/FlowGen.Testing.xml"], package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("package/", StringComparison.Ordinal) && !name.StartsWith("_rels/", StringComparison.Ordinal) && name is not ("FlowGen.Testing.nuspec" or "[Content_Types].xml")).Order(StringComparer.Ordinal));

        using var nuspec = package.GetEntry("FlowGen.Testing.nuspec")!.Open();
        var dependency = Assert.Single(XDocument.Load(nuspec).Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal(("FlowGen", $"[{feed.Version}]"), (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value));
    }
}
