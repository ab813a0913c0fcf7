using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>Somebody edits one step of a sample and resumes.</summary>
public sealed class PenguinsEditTests(PackedFeed feed)
{
    [Fact]
    public async Task Resume_AfterAnEditOfOneStep_RunsItAndWhatDependsOnIt()
    {
        var project = new ConsoleProject(feed, "Penguins", """
            <ItemGroup>
              <PackageReference Include="Microsoft.ML" Version="5.0.1" />
              <PackageReference Include="Microsoft.ML.FastTree" Version="5.0.1" />
              <PackageReference Include="System.Numerics.Tensors" Version="10.0.14" />
              <None Update="penguins.csv" CopyToOutputDirectory="PreserveNewest" />
            </ItemGroup>
            """);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples/Penguins")).Where(file => Path.GetExtension(file) is ".cs" or ".csv"))
            File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)));
        (await project.BuildAsync()).MustSucceed();
        (await project.RunAsync("run", "--quiet")).MustSucceed();
        var first = (await project.RunAsync("runs", "--json")).Json()[0].GetProperty("run").GetString()!;

        // As it was: nothing to do.
        Assert.Contains("nothing runs: every result is there", (await project.RunAsync("resume", "--plan")).MustSucceed().Output, StringComparison.Ordinal);

        // A comment in one step, and another way to choose.
        const string choose = "candidates.MaxBy(c => c.ValidationAccuracy)!";
        var source = File.ReadAllText(Path.Combine(project.Folder, "Program.cs"));
        Assert.Contains(choose, source, StringComparison.Ordinal);
        project.Write("Program.cs", source.Replace(choose, "candidates.MinBy(c => c.ValidationAccuracy)!", StringComparison.Ordinal).Replace("var shuffled =", "/* a copy */ var shuffled =", StringComparison.Ordinal));
        (await project.BuildAsync()).MustSucceed();

        var plan = (await project.RunAsync("resume", "--plan")).MustSucceed().Output;
        Assert.Equal($"""
            Resuming {first} would do this:
              choose  runs     code changed: PenguinsFlow.Choose
              judge   may run  if results of choose change
              best    may run  if results of choose change
              reused: load, split, grid, 6 fit

            """, Sorted(plan));

        (await project.RunAsync("resume", "--quiet")).MustSucceed();
        var status = (await project.RunAsync("status", "latest", "--json")).Json().GetProperty("tasks").EnumerateArray().ToLookup(task => task.GetProperty("status").GetString(), task => task.GetProperty("task").GetString());
        Assert.Equal(["best", "choose", "judge"], status["succeeded"].Order());
        Assert.Equal(["fit[0]", "fit[1]", "fit[2]", "fit[3]", "fit[4]", "fit[5]", "grid", "load", "split"], status["reused"].Order());

        Assert.Contains("code changed: PenguinsFlow.Choose", (await project.RunAsync("explain", "choose")).MustSucceed().Output, StringComparison.Ordinal);
        Assert.Contains("input chosen changed (made by choose)", (await project.RunAsync("explain", "latest/judge")).MustSucceed().Output, StringComparison.Ordinal);
        Assert.Contains("fit[3] of ", (await project.RunAsync("explain", "latest/fit.3")).MustSucceed().Output, StringComparison.Ordinal);
        Assert.Contains($"was taken over from {first}/fit[3]", (await project.RunAsync("explain", "latest/fit.3")).MustSucceed().Output, StringComparison.Ordinal);

        // Another value of a parameter that few steps read.
        var seeded = (await project.RunAsync("resume", "--folds", "4", "--plan", "--json")).Json().GetProperty("steps").EnumerateArray().ToDictionary(step => step.GetProperty("step").GetString()!);
        Assert.Equal(6, seeded["fit"].GetProperty("runs").GetInt32());
        Assert.Equal("parameter folds: 5 -> 4", seeded["fit"].GetProperty("reasons")[0].GetString());
        Assert.Equal(1, seeded["split"].GetProperty("reused").GetInt32());
    }

    /// <summary>Steps that could run side by side come in no order that people know.</summary>
    private static string Sorted(string plan) => plan.Replace("reused: grid, load, split, 6 fit", "reused: load, split, grid, 6 fit", StringComparison.Ordinal);
}
