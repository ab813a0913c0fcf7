using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>A flow calls another project: what the build tells the generator of code that it does not compile.</summary>
public sealed class ReferencedCodeTests(PackedFeed feed)
{
    private const string Flow = """
        using FlowGen;

        return await FlowApp.RunAsync<PriceFlow>(args);

        [Flow]
        public partial class PriceFlow
        {
            [Step] public static int Net() => 100;
            [Step] public static int Gross(int net) => Taxes.Vat.Add(net);
        }
        """;

    private const string Library = "namespace Taxes; public static class Vat { public static int Add(int net) => net + 19; }";

    [Fact]
    public async Task Build_BodyOfAReferencedProjectChanges_ChangesTheStepsThatReachIt()
    {
        var (program, library) = Write("Referenced");
        (await program.BuildAsync()).MustSucceed();
        var before = Code(program);

        File.WriteAllText(library, Library + "  // only this file, and not what is declared in it");
        var again = (await program.BuildAsync()).MustSucceed();
        Assert.DoesNotContain("Skipping target \"CoreCompile\" because all output files are up-to-date", Lines(again.Output, "Referenced.csproj"), StringComparison.Ordinal);
        var after = Code(program);
        Assert.NotEqual(Part(before, "project"), Part(after, "project"));

        File.WriteAllText(library, Library.Replace("+ 19", "+ 21", StringComparison.Ordinal));
        (await program.BuildAsync()).MustSucceed();
        var third = Code(program);

        Assert.Equal(3, new[] { before, after, third }.Select(code => Part(code, "project")).Distinct().Count());
        Assert.Single(new[] { before, after, third }.Select(code => string.Join("\n", code.Where(line => !line.StartsWith("part project", StringComparison.Ordinal)))).Distinct());
        Assert.Contains("121", Json(await program.RunAsync("run", "--quiet"), await program.RunAsync("dump", "latest", "--artifact", "gross", "--json")), StringComparison.Ordinal);

        (await Tool.DotnetAsync(program.Folder, "clean", "-v", "q")).MustSucceed();
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(program.Folder, "obj"), "FlowGen.Dependencies.*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Build_InAnotherFolderAndConfiguration_GivesTheSameCode()
    {
        var (here, _) = Write("Here");
        var (there, _) = Write("There");

        (await here.BuildAsync()).MustSucceed();
        (await there.BuildAsync("-c", "Release")).MustSucceed();

        Assert.Equal(Code(here), Code(there).Select(line => line.Replace("ThereTaxes", "HereTaxes", StringComparison.Ordinal)));
        Assert.Contains(Code(here), line => line.StartsWith("part project", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_OfAnEditor_ListsNothing()
    {
        var (program, _) = Write("Editor");
        (await Tool.DotnetAsync(program.Folder, "build", "-t:Restore;Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true")).MustSucceed();
        Assert.Empty(Directory.EnumerateFiles(program.Folder, "FlowGen.Dependencies.*", SearchOption.AllDirectories));
    }

    private (ConsoleProject Program, string Library) Write(string name)
    {
        var library = feed.NewFolder(name + "Taxes");
        File.WriteAllText(Path.Combine(library, name + "Taxes.csproj"), """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        var source = Path.Combine(library, "Vat.cs");
        File.WriteAllText(source, Library);
        var program = new ConsoleProject(feed, name, $"""
            <PropertyGroup><EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles></PropertyGroup>
            <ItemGroup><ProjectReference Include="../{name}Taxes/{name}Taxes.csproj" /></ItemGroup>
            """);
        program.Write("Program.cs", Flow);
        return (program, source);
    }

    /// <summary>What the generator says of the code of the steps.</summary>
    private static string[] Code(ConsoleProject project) =>
        [.. File.ReadAllLines(Directory.EnumerateFiles(Path.Combine(project.Folder, "obj"), "*.code.g.cs", SearchOption.AllDirectories).Single()).Select(line => line.Trim())
            .Where(line => line.StartsWith("part ", StringComparison.Ordinal) || line.StartsWith("step ", StringComparison.Ordinal))];

    private static string Part(string[] code, string kind) => Assert.Single(code, line => line.StartsWith($"part {kind} ", StringComparison.Ordinal));

    private static string Lines(string output, string project) => string.Join("\n", output.Split('\n').Where(line => line.Contains(project, StringComparison.Ordinal)));

    private static string Json(ToolResult run, ToolResult dump)
    {
        run.MustSucceed();
        return dump.MustSucceed().Output;
    }
}
