namespace EndToEnd.Tests;

/// <summary>A run is followed while it goes on; its code and its tags are asked for afterwards.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Follow_ARunThatGoesOn_ShowsLinesAsTheyComeAndEndsWithIt()
    {
        var gate = Path.Combine(_program.Directory, "gate");
        using var run = _program.Start("run", "squares", "--gate", gate, "--count", "5");
        await run.SeesAsync("square[2]  done");
        using var logs = _program.Start("logs", "--follow", "--timestamps");
        using var status = _program.Start("status", "--follow");
        await logs.SeesAsync("square[1] | squaring 1");
        await status.SeesAsync("running");

        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);

        (await run.EndAsync()).With(0);
        var ended = (await logs.EndAsync()).With(0);
        Assert.Matches(@"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ square\[4\] \| squaring 4\n", ended.Out);
        Assert.Equal(5, ended.Out.Split('\n').Count(line => line.Contains("squaring", StringComparison.Ordinal)));
        Assert.Contains(": succeeded in ", (await status.EndAsync()).With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ARunWhoseDriverIsKilled_EndsAndSaysSo()
    {
        using var run = _program.Start("run", "squares", "--gate", Path.Combine(_program.Directory, "gate"), "--count", "5");
        await run.SeesAsync("square[2]  done");
        using var logs = _program.Start("logs", "--follow");
        await logs.SeesAsync("squaring 1");

        run.Signal(FlowProgram.Started.Kill);

        var ended = (await logs.EndAsync()).With(0);
        Assert.Contains("is interrupted: its driver is gone.", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_OfARun_IsThatOfTheProgram()
    {
        (await _program.RunAsync("run", "squares", "--quiet", "--tag", "kept")).With(0);

        var files = (await _program.RunAsync("code", "list", "@kept", "--json")).With(0).Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()!).ToList();
        Assert.Contains(files, file => file.EndsWith("EndToEnd.Flows/SquaresFlow.cs", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("/obj/", StringComparison.Ordinal) || file.EndsWith(".txt", StringComparison.Ordinal));
        Assert.Equal("", (await _program.RunAsync("code", "diff", "latest")).With(0).Out);
        Assert.Equal("", (await _program.RunAsync("code", "diff", "latest", "@kept")).With(0).Out);
        (await _program.RunAsync("code", "pull", "@kept", "--to", "pulled")).With(0);
        Assert.Equal(files.Count, Directory.EnumerateFiles(Path.Combine(_program.Directory, "pulled"), "*", SearchOption.AllDirectories).Count());

        // Stored once, however often it runs.
        (await _program.RunAsync("run", "squares", "--quiet")).With(0);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_program.Store, "blobs"), "*", SearchOption.AllDirectories));
    }
}
