using System.Diagnostics;
using Package.Tests.Infrastructure;

namespace Package.Tests;

/// <summary>The samples, as a person runs them.</summary>
public sealed class SampleTests(PackedFeed feed)
{
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
    public async Task Bootstrap_KilledHalfWay_ResumesToTheSameArtifacts()
    {
        var program = Repository.PathOf($"samples/Bootstrap/bin/{Repository.Configuration}/net10.0/Bootstrap");
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

        Assert.Equal(await HashesAsync(program, whole), await HashesAsync(program, broken));
        var status = (await RunAsync(program, broken, "status", "latest", "--json")).Json();
        Assert.InRange(status.GetProperty("tasks").EnumerateArray().Count(task => task.GetProperty("status").GetString() == "reused"), done, 2_004);
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

    private static async Task<List<string>> HashesAsync(string program, string store) =>
    [
        .. (await RunAsync(program, store, "dump", "latest", "--json")).Json().GetProperty("artifacts").EnumerateArray()
            .Select(a => $"{a.GetProperty("task").GetString()}/{a.GetProperty("name").GetString()} {a.GetProperty("hash").GetString()}").Order(StringComparer.Ordinal),
    ];
}
