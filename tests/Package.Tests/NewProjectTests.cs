using System.IO.Compression;
using System.Xml.Linq;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>Somebody adds the package to a console project.</summary>
public sealed class NewProjectTests(PackedFeed feed)
{
    [Fact]
    public async Task Build_NothingChanged_CompilesNothing()
    {
        var project = new ConsoleProject(feed, "Twice");
        project.Write("Program.cs", SquaresProgram.Text);
        (await project.BuildAsync()).MustSucceed();
        var before = Snapshot(project);

        var again = (await project.BuildAsync()).MustSucceed();

        Assert.Contains("Skipping target \"CoreCompile\"", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(project));
    }

    [Fact]
    public async Task Run_Program_KnowsItsPackagesAndItsProject()
    {
        var project = new ConsoleProject(feed, "Known");
        project.Write("Program.cs", """
            Console.WriteLine(AppContext.GetData("FlowGen.Packages"));
            Console.WriteLine(AppContext.GetData("FlowGen.ProjectDirectory"));
            """);
        (await project.BuildAsync()).MustSucceed();

        var lines = (await project.RunAsync()).MustSucceed().Output.Split('\n');

        Assert.Contains($"FlowGen/{feed.Version}", lines[0].Split(' '));
        Assert.Contains(lines[0].Split(' '), package => package.StartsWith("MessagePack/", StringComparison.Ordinal));
        Assert.Equal(project.Folder, lines[1]);
    }

    [Theory]
    [InlineData("ResolveLockFileAnalyzers", "AfterTargets")]
    [InlineData("CoreCompile", "BeforeTargets")]
    public async Task Build_GeneratorRemoved_Fails(string target, string when)
    {
        var project = new ConsoleProject(feed, "Removed" + target, $"""
            <Target Name="NoAnalyzers" {when}="{target}">
              <ItemGroup><Analyzer Remove="@(Analyzer)" Condition="'%(Filename)' == 'FlowGen.Generator'" /></ItemGroup>
            </Target>
            """);
        project.Write("Program.cs", SquaresProgram.Text);

        var build = (await project.BuildAsync()).MustFail();

        var error = BuildError.In(build.Output)[^1];
        Assert.Equal(("FG0901", $"Removed{target}.csproj"), (error.Code, error.File));
    }

    [Fact]
    public async Task Build_Schedules_AreCheckedByALibraryThatTheGeneratorBrings()
    {
        var project = new ConsoleProject(feed, "Schedules");
        project.Write("Program.cs", SquaresProgram.Text.Replace("[Flow]", "[Flow, Schedule(\"0 25 * * *\")]", StringComparison.Ordinal));
        var error = Assert.Single(BuildError.In((await project.BuildAsync()).MustFail().Output));
        Assert.Equal(("FG0620", "Program.cs"), (error.Code, error.File));

        project.Write("Program.cs", SquaresProgram.Text.Replace("[Flow]", "[Flow, Schedule(\"0 3 * * *\", TimeZone = \"Europe/Berlin\")]", StringComparison.Ordinal));
        (await project.BuildAsync("-warnaserror")).MustSucceed();
    }

    [Fact]
    public void Pack_Package_HasWhatItNeedsAndNothingElse()
    {
        using var package = ZipFile.OpenRead(feed.PackageFile);
        string[] expected = ["README.md", "analyzers/dotnet/cs/Cronos.dll", "analyzers/dotnet/cs/FlowGen.Generator.CodeFixes.dll", "analyzers/dotnet/cs/FlowGen.Generator.dll", "buildTransitive/FlowGen.Image.targets", "buildTransitive/FlowGen.Ship.targets", "buildTransitive/FlowGen.Snapshot.targets", "buildTransitive/FlowGen.Submit.targets", "buildTransitive/FlowGen.Worker.Inner.targets", "buildTransitive/FlowGen.Worker.Start.targets", "buildTransitive/FlowGen.Worker.targets", "buildTransitive/FlowGen.targets", "lib/net10.0/FlowGen.Runtime.dll", "lib/net10.0/FlowGen.Runtime.xml", "tasks/net10.0/FlowGen.Build.dll"];
        Assert.Equal(expected, package.Entries.Select(e => e.FullName).Where(name => !name.StartsWith("package/", StringComparison.Ordinal) && !name.StartsWith("_rels/", StringComparison.Ordinal)
            && name is not ("FlowGen.nuspec" or "[Content_Types].xml")).Order(StringComparer.Ordinal));

        using var nuspec = package.GetEntry("FlowGen.nuspec")!.Open();
        var dependencies = XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).ToList();
        Assert.Contains("MessagePack", dependencies);
        Assert.Contains("Microsoft.NET.StringTools", dependencies);
        Assert.DoesNotContain(dependencies, id => id.Contains("CodeAnalysis", StringComparison.Ordinal));
    }

    private static List<(string, DateTime)> Snapshot(ConsoleProject project) =>
    [
        .. new[] { "bin", "obj" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(project.Folder, folder), "*.dll", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).Select(path => (path, File.GetLastWriteTimeUtc(path))),
    ];
}
