using System.Diagnostics;
using System.Text.Json;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>The source that goes with a program and is stored with its runs.</summary>
public sealed class SourceTests(PackedFeed feed)
{
    [Fact]
    public async Task Run_OfAProjectInARepository_StoresWhatWasCompiledAndNothingThatGitIgnores()
    {
        var project = new ConsoleProject(feed, "Sourced", """<ItemGroup><FlowSnapshot Include="queries/*.sql" /></ItemGroup>""");
        project.Write("Program.cs", SquaresProgram.Text);
        project.Write("Keys.cs", "internal static class Keys { }");
        project.Write(".gitignore", "bin/\nobj/\nKeys.cs\nqueries/\n.flowgen/\n");
        project.Write("notes.txt", "not compiled");
        Directory.CreateDirectory(Path.Combine(project.Folder, "queries"));
        project.Write("queries/top.sql", "select 1");
        await GitAsync(project.Folder, "init", "-q");
        (await project.BuildAsync()).MustSucceed();
        (await project.RunAsync("run", "--quiet")).MustSucceed();

        var listed = (await project.RunAsync("code", "list")).MustSucceed().Output;
        Assert.Equal(["Program.cs", "Sourced.csproj", "queries/top.sql"], listed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", (await project.RunAsync("code", "diff")).MustSucceed().Output);

        // Built again with a change: the run is compared with what runs now.
        project.Write("Program.cs", SquaresProgram.Text + "// Changed.\n");
        project.Write("More.cs", "internal static class More { }\n");
        (await project.BuildAsync()).MustSucceed();
        var changes = (await project.RunAsync("code", "diff", "latest", "--json")).Json().EnumerateArray().Select(file => $"{file.GetProperty("path")} {file.GetProperty("change")}");
        Assert.Equal(["More.cs added", "Program.cs changed"], changes);

        // What was stored builds and is what ran.
        var pulled = Path.Combine(feed.NewFolder("pulled"), "source");
        (await project.RunAsync("code", "pull", "--to", pulled)).MustSucceed();
        Assert.Equal(SquaresProgram.Text, await File.ReadAllTextAsync(Path.Combine(pulled, "Program.cs"), TestContext.Current.CancellationToken));
        Assert.Equal("FG1037", (await project.RunAsync("code", "pull", "--to", pulled)).MustFail().Error.Split(' ', ':')[1]);
    }

    [Fact]
    public async Task Build_WithoutSnapshot_HasNoSource()
    {
        var project = new ConsoleProject(feed, "Unsourced", "<PropertyGroup><FlowGenSnapshot>false</FlowGenSnapshot></PropertyGroup>");
        project.Write("Program.cs", SquaresProgram.Text);
        (await project.BuildAsync()).MustSucceed();
        (await project.RunAsync("run", "--quiet")).MustSucceed();

        Assert.Contains("FG1036", (await project.RunAsync("code", "list")).MustFail().Error, StringComparison.Ordinal);
        var kinds = (await project.RunAsync("diff", "latest", "--json")).Json().GetProperty("code").ValueKind;
        Assert.Equal(JsonValueKind.Null, kinds);
    }

    private static async Task GitAsync(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
    }
}
