using EndToEnd.Flows;
using FlowGen;

namespace EndToEnd.Tests;

/// <summary>Results of other runs as parameters: found once, recorded, and read by every process.</summary>
public sealed class FromRunTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Parameters_FromRuns_AreTheNewestThatSucceededAndThoseThatAreNamed()
    {
        var missing = (await _program.RunAsync("run", "rescore")).With(3);
        Assert.StartsWith("error FG1017: Parameter newest is the artifact 'train' of the newest run of retrain that succeeded, but there is none in the store ", missing.Error, StringComparison.Ordinal);
        Assert.EndsWith("; run retrain first, or name a run with --newest.\n", missing.Error, StringComparison.Ordinal);

        var first = (await _program.RunAsync("run", "retrain", "--factor", "5", "--quiet")).With(0).Out.Trim();
        (await _program.ShellAsync("FLOWGEN_SCHEDULED_TIME=2026-03-14T20:00:00Z $flows run rescore")).With(0);
        Assert.Equal((0.0, "5 on 2026-03-15"), await ResultsAsync());

        (await _program.RunAsync("run", "retrain", "--factor", "7", "--tag", "champion")).With(0);
        (await _program.RunAsync("run", "retrain", "--factor", "9")).With(0);
        (await _program.RunAsync("run", "retrain", "--factor", "-1", "--tag", "champion")).With(1);
        (await _program.RunAsync("run", "rescore", "--day", "2026-01-31")).With(0);
        Assert.Equal((7.0, "9 on 2026-01-31"), await ResultsAsync());

        (await _program.RunAsync("run", "rescore", "--day", "2026-01-31", "--champion", first, "--newest", "@champion")).With(0);
        Assert.Equal((5.0, "7 on 2026-01-31"), await ResultsAsync());
        Assert.Equal(first, (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("parameters").GetProperty("champion").GetString());
        Assert.Contains("FG1018", (await _program.RunAsync("run", "rescore", "--newest", await FailedAsync())).With(3).Error, StringComparison.Ordinal);
        Assert.Contains("--champion RUN", (await _program.RunAsync("run", "rescore", "--help")).With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_AfterNewerRuns_TakesTheRunsThatWereFoundFirst()
    {
        (await _program.RunAsync("run", "retrain", "--factor", "5")).With(0);
        (await _program.RunAsync("run", "rescore", "--day", "2026-01-31")).With(0);
        (await _program.RunAsync("run", "retrain", "--factor", "6", "--tag", "champion")).With(0);

        (await _program.RunAsync("resume", "rescore")).With(0);

        Assert.Equal((0.0, "5 on 2026-01-31"), await ResultsAsync());
    }

    [Fact]
    public async Task RunAsync_FromCode_FindsRunsAndTakesToday()
    {
        var options = new RunOptions { Store = _program.Store };
        var first = await new RetrainFlow { Factor = 2 }.RunAsync(options, TestContext.Current.CancellationToken);

        var run = await new RescoreFlow { Newest = null! }.RunAsync(options, TestContext.Current.CancellationToken);

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(run.Info.Created, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).DateTime);
        Assert.Contains(await run.Latest, (string[])[$"2 on {today:yyyy-MM-dd}", $"2 on {today.AddDays(-1):yyyy-MM-dd}"]);
        Assert.Equal(2, (await first.Train).Factor);
    }

    private async Task<(double Chosen, string Latest)> ResultsAsync()
    {
        var artifacts = (await _program.RunAsync("dump", "rescore", "latest", "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray().ToDictionary(artifact => artifact.GetProperty("name").GetString()!, artifact => artifact.GetProperty("value"));
        return (artifacts["chosen"].GetDouble(), artifacts["latest"].GetString()!);
    }

    private async Task<string> FailedAsync() => (await _program.RunAsync("runs", "retrain", "--json")).With(0).Json.EnumerateArray().First(run => run.GetProperty("status").GetString() == "failed").GetProperty("run").GetString()!;
}
