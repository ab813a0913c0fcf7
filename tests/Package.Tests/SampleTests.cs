using System.Diagnostics;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>The samples, as a person runs them.</summary>
public sealed class SampleTests(PackedFeed feed)
{
    /// <summary>Tests of one class run one after another.</summary>
    private static Task<string>? _published;

    [Fact]
    public async Task Penguins_Run_FindsAGoodModel()
    {
        var store = feed.NewFolder("penguins-store");
        Task<ToolResult> RunAsync(params string[] arguments) =>
            Tool.RunAsync("dotnet", Repository.Root, ["run", "--project", "samples/Penguins", "-c", Repository.Configuration, "--no-build", "--", .. arguments], store);

        (await RunAsync("run")).MustSucceed();

        var status = (await RunAsync("status", "latest", "--json")).Json();
        Assert.Equal("succeeded", status.GetProperty("status").GetString());
        Assert.All(status.GetProperty("tasks").EnumerateArray(), task => Assert.Equal("succeeded", task.GetProperty("status").GetString()));
        Assert.Equal(6, status.GetProperty("tasks").EnumerateArray().Count(task => task.GetProperty("step").GetString() == "fit"));
        var best = (await RunAsync("dump", "latest", "--json")).Json().GetProperty("artifacts").EnumerateArray().Single(a => a.GetProperty("name").GetString() == "best");
        Assert.InRange(best.GetProperty("value").GetProperty("TestAccuracy").GetDouble(), 0.95, 1);
    }

    [Fact]
    public async Task Bootstrap_NativeAndKilledHalfWay_ResumesToTheSameArtifacts()
    {
        var program = await (_published ??= PublishAsync());
        var (whole, broken) = (feed.NewFolder("whole-store"), feed.NewFolder("broken-store"));
        (await RunAsync(program, whole, "run")).MustSucceed();

        using (var process = Tool.Start(program, Path.GetDirectoryName(program)!, ["run"], broken))
        {
            var ended = Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await WaitUntilHalfWayAsync(process, program, broken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await ended;
        }
        var done = await SucceededAsync(program, broken);
        Assert.InRange(done, 1, 2_004);

        (await RunAsync(program, broken, "resume", "latest")).MustSucceed();

        // Native code holds its source, too.
        Assert.Contains("Bootstrap.csproj", (await RunAsync(program, broken, "code", "list", "latest")).MustSucceed().Output, StringComparison.Ordinal);
        Assert.Equal("", (await RunAsync(program, broken, "code", "diff", "latest")).MustSucceed().Output);
        Assert.Equal(await HashesAsync(program, whole), await HashesAsync(program, broken));
        var status = (await RunAsync(program, broken, "status", "latest", "--json")).Json();
        Assert.InRange(status.GetProperty("tasks").EnumerateArray().Count(task => task.GetProperty("status").GetString() == "reused"), done, 2_004);
    }

    [Fact]
    public async Task Objects_OfEveryKind_AreStoredAlikeByNativeCode()
    {
        var native = await (_published ??= PublishAsync());
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(native)!)!;
        (await Tool.DotnetAsync(folder, "build", "-v", "q")).MustSucceed();
        var compiled = Path.Combine(folder, "bin", "Debug", "net10.0", "Bootstrap");
        var (nativeStore, compiledStore) = (feed.NewFolder("native-store"), feed.NewFolder("compiled-store"));

        (await RunAsync(native, nativeStore, "shapes", "run")).MustSucceed();
        (await RunAsync(compiled, compiledStore, "shapes", "run")).MustSucceed();

        var hashes = await HashesAsync(native, nativeStore, "shapes");
        Assert.Equal(17, hashes.Count);
        Assert.Equal(await HashesAsync(compiled, compiledStore, "shapes"), hashes);
    }

    /// <summary>The sample as a project of its own, with the package instead of the repository, and with a second flow; published once for all tests.</summary>
    private async Task<string> PublishAsync()
    {
        var project = new ConsoleProject(feed, "Bootstrap", "<PropertyGroup><PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup>");
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples/Bootstrap")).Where(file => Path.GetExtension(file) is ".cs" or ".csv"))
            File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)));
        project.Write("Shapes.cs", ShapesProgram.Text);
        const string start = "return await FlowApp.RunAsync<BootstrapFlow>(args);";
        var program = await File.ReadAllTextAsync(Path.Combine(project.Folder, "Program.cs"), TestContext.Current.CancellationToken);
        Assert.Contains(start, program, StringComparison.Ordinal);
        project.Write("Program.cs", program.Replace(start, "if (args is [\"shapes\", .. var rest]) return await FlowApp.RunAsync<Shapes.ShapesFlow>(rest);\n" + start, StringComparison.Ordinal));
        var output = Path.Combine(project.Folder, "out");
        var publish = (await Tool.DotnetAsync(project.Folder, "publish", "-c", "Release", "--ucr", "-o", output, "-v", "q")).MustSucceed();
        Assert.DoesNotContain(": warning ", publish.Output, StringComparison.Ordinal);
        File.Copy(Path.Combine(project.Folder, "diamonds.csv"), Path.Combine(output, "diamonds.csv"));
        return Path.Combine(output, "Bootstrap");
    }

    private static Task<ToolResult> RunAsync(string program, string store, params string[] arguments) => Tool.RunAsync(program, Path.GetDirectoryName(program)!, arguments, store);

    /// <summary>Half-way is when a quarter of the tasks are recorded: the rest is still far away.</summary>
    private static async Task WaitUntilHalfWayAsync(Process process, string program, string store)
    {
        var patience = Stopwatch.StartNew();
        while (await SucceededAsync(program, store) < 500)
        {
            Assert.False(process.HasExited, "The run ended before it could be killed.");
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), "The run does not get on.");
        }
    }

    private static async Task<int> SucceededAsync(string program, string store)
    {
        var status = await RunAsync(program, store, "status", "latest", "--json");
        return status.ExitCode != 0 ? 0 : status.Json().GetProperty("tasks").EnumerateArray().Count(task => task.GetProperty("status").GetString() == "succeeded");
    }

    private static async Task<List<string>> HashesAsync(string program, string store, params string[] before) =>
    [
        .. (await RunAsync(program, store, [.. before, "dump", "latest", "--json"])).Json().GetProperty("artifacts").EnumerateArray()
            .Select(a => $"{a.GetProperty("task").GetString()}/{a.GetProperty("name").GetString()} {a.GetProperty("hash").GetString()}").Order(StringComparer.Ordinal),
    ];
}
