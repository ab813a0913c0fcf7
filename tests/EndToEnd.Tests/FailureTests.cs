namespace EndToEnd.Tests;

/// <summary>What goes wrong is one line and a documented exit code.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Run_WithAFailingStep_SaysWhyAndEndsWith1()
    {
        var run = (await _program.RunAsync("run", "fragile", "--failures", "9")).With(1);

        Assert.Matches("^error FG1220: Run fragile/[^ ]+ failed: shaky: InvalidOperationException: attempt 3 is one too few\n$", run.Error);
        Assert.Contains("shaky        failed after 3 attempts: InvalidOperationException: attempt 3 is one too few", run.Out, StringComparison.Ordinal);
        Assert.Contains("  | attempt 3\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("report       blocked by shaky", run.Out, StringComparison.Ordinal);
        Assert.Contains("independent  done in", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(" at EndToEnd", run.Out, StringComparison.Ordinal);

        var tasks = (await _program.RunAsync("status", "latest-failed", "--json")).With(0).Json.GetProperty("tasks").EnumerateArray().ToDictionary(task => task.GetProperty("task").GetString()!);
        Assert.Equal(("failed", 3), (tasks["shaky"].GetProperty("status").GetString(), tasks["shaky"].GetProperty("attempts").GetInt32()));
        Assert.Contains("attempt 3 is one too few", tasks["shaky"].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("blocked", tasks["report"].GetProperty("status").GetString());
        Assert.Matches("^attempt 3\nSystem.InvalidOperationException: attempt 3 is one too few\n   at ", (await _program.RunAsync("logs", "--task", "shaky")).With(0).Out);
        Assert.Equal(3, (await _program.RunAsync("logs", "--task", "shaky", "--all")).With(0).Out.Split('\n').Count(line => line.Contains("| attempt ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_WithARetriedStep_Succeeds()
    {
        var run = (await _program.RunAsync("run", "fragile", "--failures", "2")).With(0);

        Assert.Contains("attempt 1 failed, next in ", run.Out, StringComparison.Ordinal);
        Assert.Equal("took 3", (await _program.RunAsync("dump", "--artifact", "report", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Run_WithBadParameters_ReportsAllAndStoresNothing()
    {
        var run = (await _program.RunAsync("run", "squares", "--count", "-1", "--ahead", "x", "--gat", "y")).With(2);

        Assert.Equal(
            """
            error FG1002: 'run squares' has no option --gat; did you mean --gate?
            error FG1005: Option --count: '-1' must be between 0 and 1000000.
            error FG1003: Option --ahead: 'x' is not a whole number between -2147483648 and 2147483647.

            """, run.Error);
        Assert.Equal("", run.Out);
        Assert.False(Directory.Exists(_program.Store));
    }

    [Fact]
    public async Task Run_WithoutItsInputFile_SaysWhereItWasLookedFor()
    {
        var run = (await _program.RunAsync("run", "lines", "--text", "absent.txt")).With(2);

        Assert.StartsWith("error FG1010: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_program.Directory, "absent.txt"), run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("status", "zzzzzzzz"), InlineData("dump", "latest"), InlineData("logs", "latest-failed"), InlineData("resume", "x"), InlineData("status", "squares/nothing")]
    public async Task Reading_OfAnUnknownRun_EndsWith3(string verb, string run)
    {
        var ended = (await _program.RunAsync(verb, run)).With(3);

        Assert.Matches("^error FG12[0-9]{2}: [^\n]+\n$", ended.Error);
        Assert.Equal("", ended.Out);
        Assert.False(Directory.Exists(_program.Store));
    }

    [Fact]
    public async Task Reading_OfADamagedStore_NamesTheObject()
    {
        (await _program.RunAsync("run", "squares", "--quiet")).With(0);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_program.Store, "runs"), "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 100))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[bytes.Length / 2] ^= 0x20;
            File.SetAttributes(file, FileAttributes.Normal);
            await File.WriteAllBytesAsync(file, bytes);
        }

        foreach (var verb in new[] { "status", "dump", "logs", "resume" })
        {
            var ended = (await _program.RunAsync(verb)).With(4);
            Assert.Matches("^error FG11[0-9]{2}: [^\n]*runs/squares/[^\n]+\n$", ended.Error);
            Assert.Equal("", ended.Out);
        }
    }

    [Fact]
    public async Task Run_IntoAFileInsteadOfAFolder_EndsWith4()
    {
        var file = Path.Combine(_program.Directory, "file");
        await File.WriteAllTextAsync(file, "");

        var run = (await _program.RunAsync("run", "squares", "--store", file)).With(4);

        Assert.Matches("^error FG11[0-9]{2}: [^\n]+\n$", run.Error);
    }

    [Fact]
    public async Task Run_OnAReadOnlyFileSystem_EndsWith4()
    {
        await using var disk = await Disk.MountAsync(_program, "ro,size=1m");

        var run = (await _program.RunAsync("run", "squares", "--store", Path.Combine(disk.Path, "store"))).With(4);

        Assert.Matches("^error FG11[0-9]{2}: [^\n]+\n$", run.Error);
    }

    [Fact]
    public async Task Run_OnAFullDisk_EndsWith4AndLeavesNoHalfObject()
    {
        await using var disk = await Disk.MountAsync(_program, "size=256k");
        var store = Path.Combine(disk.Path, "store");

        var run = (await _program.RunAsync("run", "squares", "--count", "20000", "--store", store)).With(4);

        Assert.Matches("error FG1104: [^\n]+\n$", run.Error);
        var status = (await _program.RunAsync("status", "--json", "--store", store)).With(0).Json;
        Assert.Equal("interrupted", status.GetProperty("status").GetString());
        (await _program.RunAsync("dump", "--json", "--store", store)).With(0);
    }
}
