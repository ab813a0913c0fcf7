using System.Text.Json;

namespace EndToEnd.Tests;

/// <summary>What an engine's clock starts: <c>submit</c> on behalf of a schedule, which makes one run for each time.</summary>
public sealed class ScheduledStartTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    private string[] Start(int number) => ["submit", "tides", "--scheduled", $"{number}", "--recorded", """{"engine":"local","program":"","settings":{}}""", "--production", "--wait", "--harbour=Husum"];

    private async Task<List<JsonElement>> RunsAsync() => [.. (await _program.RunAsync("runs", "--all-users", "--json")).With(0).Json.EnumerateArray()];

    private async Task<string?> ValueAsync(string run) => (await _program.RunAsync("dump", run, "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetString();

    [Fact]
    public async Task Start_TwiceForOneTime_IsOneRun()
    {
        _program.Variables["FLOWGEN_SCHEDULED_TIME"] = "2026-03-13T06:30:00Z";
        (await _program.RunAsync(Start(2))).With(0);
        Assert.Contains("was started for this time, and has ended", (await _program.RunAsync(Start(2))).With(0).Error, StringComparison.Ordinal);
        // Another schedule, and another time, are other runs.
        (await _program.RunAsync(Start(1))).With(0);
        _program.Variables["FLOWGEN_SCHEDULED_TIME"] = "2026-03-16T06:30:00Z";
        (await _program.RunAsync(Start(2))).With(0);

        var runs = await RunsAsync();
        Assert.Equal(3, runs.Count);
        Assert.Equal(2, (await _program.RunAsync("runs", "--all-users", "--tag", "schedule:tides-production-2", "--json")).With(0).Json.GetArrayLength());
        Assert.Equal("Husum 2026-03-16 06:30", await ValueAsync(runs[0].GetProperty("run").GetString()!));
    }

    [Theory]
    [InlineData("tides-production-2-29556390", "Husum 2026-03-13 06:30")]
    [InlineData("tides-production-2-1773383400", "Husum 2026-03-13 06:30")]
    public async Task Start_NameOfTheJob_SaysForWhichTime(string job, string value)
    {
        _program.Variables["FLOWGEN_SCHEDULED_JOB"] = job;
        (await _program.RunAsync(Start(2))).With(0);
        Assert.Equal(value, await ValueAsync("latest"));
    }

    [Fact]
    public async Task Start_JobMadeByHand_IsForNow()
    {
        _program.Variables["FLOWGEN_SCHEDULED_JOB"] = "try-7";
        (await _program.RunAsync(Start(2))).With(0);
        (await _program.RunAsync(Start(2))).With(0);
        Assert.Equal(2, (await RunsAsync()).Count);
    }

    [Fact]
    public async Task Start_NothingSaysWhen_IsForTheLastTimeThereWas()
    {
        (await _program.RunAsync(Start(2))).With(0);
        (await _program.RunAsync(Start(2))).With(0);

        Assert.Single(await RunsAsync());
        Assert.EndsWith(" 06:30", await ValueAsync("latest"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ScheduleThatTheProgramDoesNotHave_SaysToDeployAgain()
    {
        Assert.StartsWith("error FG1314: Option --scheduled: flow 'tides' of this program has 2 schedules, and none has number 3.", (await _program.RunAsync(Start(3))).With(2).Error, StringComparison.Ordinal);
        Assert.StartsWith("error FG1314: Option --recorded is for schedules that 'deploy' made", (await _program.RunAsync("submit", "tides", "--harbour=x", "--recorded", "{}")).With(2).Error, StringComparison.Ordinal);
    }
}
