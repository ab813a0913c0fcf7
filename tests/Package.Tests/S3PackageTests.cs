using System.IO.Compression;
using System.Xml.Linq;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>Somebody adds the package FlowGen.S3, and that is all.</summary>
public sealed class S3PackageTests(PackedFeed feed)
{
    private string Reference => $"""<ItemGroup><PackageReference Include="FlowGen.S3" Version="{feed.Version}" /></ItemGroup>""";

    /// <summary>A store of its own on the server of the tests, which is started by build/engines/s3/up.sh.</summary>
    private static string NewStore()
    {
        var url = Environment.GetEnvironmentVariable("FLOWGEN_TEST_S3");
        Assert.SkipWhen(string.IsNullOrEmpty(url), "No S3 server: start one with build/engines/s3/up.sh, then source the file env that it writes.");
        return $"s3://flowgen-tests/{Guid.NewGuid():n}?endpoint={url}";
    }

    [Fact]
    public async Task Run_PackageAdded_KeepsItsRunsInS3()
    {
        var project = new ConsoleProject(feed, "InS3", Reference);
        project.Write("Program.cs", SquaresProgram.Text);
        Assert.DoesNotContain(": warning ", (await project.BuildAsync()).MustSucceed().Output, StringComparison.Ordinal);

        await AssertRunsAsync(project.Program, NewStore());

        Assert.False(Directory.Exists(Path.Combine(project.Folder, ".flowgen")), "Something was written beside the project.");
    }

    [Fact]
    public async Task Run_PackageNotAdded_NamesIt()
    {
        var project = new ConsoleProject(feed, "NotInS3");
        project.Write("Program.cs", SquaresProgram.Text);
        (await project.BuildAsync()).MustSucceed();

        var run = await Tool.RunAsync(project.Program, project.Folder, ["run"], "s3://bucket/runs");

        Assert.Equal(4, run.ExitCode);
        Assert.Equal("error FG1101: The store 's3://bucket/runs' is in S3, which needs the package FlowGen.S3: dotnet add package FlowGen.S3\n", run.Error);
    }

    [Fact]
    public void Pack_S3_DependsOnExactlyItsOwnVersion()
    {
        using var package = ZipFile.OpenRead(feed.PackageFileOf("FlowGen.S3"));
        Assert.Equal(["lib/net10.0/FlowGen.S3.dll", "lib/net10.0/FlowGen.S3.xml"], package.Entries.Select(e => e.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        using var nuspec = package.GetEntry("FlowGen.S3.nuspec")!.Open();
        var dependencies = XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName == "dependency").ToDictionary(e => e.Attribute("id")!.Value, e => e.Attribute("version")!.Value);
        Assert.Equal(["AWSSDK.S3", "FlowGen"], dependencies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal($"[{feed.Version}]", dependencies["FlowGen"]);
    }

    private static async Task AssertRunsAsync(string program, string store)
    {
        Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(program, Path.GetDirectoryName(program)!, arguments, store);

        (await RunAsync("run", "--count", "5")).MustSucceed();
        (await RunAsync("resume")).MustSucceed();

        Assert.Equal(2, (await RunAsync("runs", "--json")).Json().GetArrayLength());
        Assert.All((await RunAsync("status", "--json")).Json().GetProperty("tasks").EnumerateArray(), task => Assert.Equal("reused", task.GetProperty("status").GetString()));
        Assert.Equal(55, (await RunAsync("dump", "--artifact", "sum", "--json")).Json().GetProperty("artifacts")[0].GetProperty("value").GetInt32());
    }
}
