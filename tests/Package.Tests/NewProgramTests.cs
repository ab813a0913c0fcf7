using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>Somebody adds the package to a console project, or to a single file, and runs it.</summary>
public sealed class NewProgramTests(PackedFeed feed)
{
    [Fact]
    public async Task Build_NewProject_RunsAndIsRecorded()
    {
        var project = new ConsoleProject(feed, "Squares");
        project.Write("Program.cs", SquaresProgram.Text);
        var build = (await project.BuildAsync()).MustSucceed();
        Assert.DoesNotContain(": warning ", build.Output, StringComparison.Ordinal);

        (await project.RunAsync("run", "--count", "5")).MustSucceed();

        var status = (await project.RunAsync("status", "latest", "--json")).Json();
        Assert.Equal("succeeded", status.GetProperty("status").GetString());
        Assert.Equal(7, status.GetProperty("tasks").GetArrayLength());
        Assert.All(status.GetProperty("tasks").EnumerateArray(), task => Assert.Equal("succeeded", task.GetProperty("status").GetString()));
        var sum = Assert.Single((await project.RunAsync("dump", "latest", "--artifact", "sum", "--json")).Json().GetProperty("artifacts").EnumerateArray().ToList());
        Assert.Equal(55, sum.GetProperty("value").GetInt32());
        Assert.True(Directory.Exists(Path.Combine(project.Folder, ".flowgen")), "The datastore is not beside the project.");
    }

    [Fact]
    public async Task Run_SingleFile_Works()
    {
        var folder = feed.NewFolder("single");
        await File.WriteAllTextAsync(Path.Combine(folder, "squares.cs"), $"#:package FlowGen@{feed.Version}\n{SquaresProgram.Text}", TestContext.Current.CancellationToken);

        (await Tool.DotnetAsync(folder, "squares.cs", "run")).MustSucceed();

        var sum = (await Tool.DotnetAsync(folder, "squares.cs", "dump", "latest", "--artifact", "sum", "--json")).Json().GetProperty("artifacts")[0];
        Assert.Equal(30, sum.GetProperty("value").GetInt32());
        Assert.Equal("single/squares.cs\n", (await Tool.DotnetAsync(folder, "squares.cs", "code", "list")).MustSucceed().Output.Replace("\r", "", StringComparison.Ordinal));
    }
}
