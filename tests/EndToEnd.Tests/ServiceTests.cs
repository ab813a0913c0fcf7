using System.Globalization;
using EndToEnd.Flows;
using FlowGen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Services of a program reach its steps, in every process.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Services_OfTheProgram_ReachStepsInEveryProcess()
    {
        (await _program.RunAsync("run", "served")).With(0);

        var greetings = (await _program.RunAsync("dump", "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray()
            .Where(artifact => artifact.GetProperty("name").GetString() is "here" or "apart").Select(artifact => artifact.GetProperty("value").GetString()!.Split(' ')).ToList();
        Assert.Equal(["Ada", "Bo", "Ada", "Bo"], greetings.Select(words => words[0]));
        Assert.Equal(3, greetings.Select(words => words[^1]).Distinct().Count());
        // One singleton a process.
        Assert.Equal(["1", "1", "1 2"], greetings.GroupBy(words => words[^1], (_, process) => string.Join(' ', process.Select(words => words[5]).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
        foreach (var task in (string[])["here[1]", "apart[1]"])
            Assert.Contains("Bo comes\nand leaves\n", (await _program.RunAsync("logs", "--task", task)).With(0).Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAFlowWhoseServiceIsMissing_StartsNothing()
    {
        var run = (await _program.RunAsync("run", "hungry")).With(2);

        Assert.Equal("error FG1015: Step 'eat' takes the service 'ICake cake', which is not registered; add 'app.Services.AddSingleton<ICake, ...>();', or make the parameter nullable.\n", run.Error);
        Assert.False(Directory.Exists(_program.Store));
    }

    [Fact]
    public async Task Resource_OfAFlow_IsOpenedOnceInEachProcessAndClosedInEach()
    {
        var run = (await _program.RunAsync("run", "guests", "--title", "Silver")).With(0);

        var signed = (await _program.RunAsync("dump", "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray()
            .Where(artifact => artifact.GetProperty("name").GetString() is "here" or "apart").Select(artifact => artifact.GetProperty("value").GetString()!.Split(' ')).ToList();
        Assert.All(signed, words => Assert.Equal("Silver", words[2]));
        Assert.Equal(["1", "1", "1", "1 2 3"], signed.GroupBy(words => words[^1], (_, process) => string.Join(' ', process.Select(words => words[3]).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
        var logs = (await _program.RunAsync("logs")).With(0).Out;
        Assert.Equal(4, logs.Split("the book is opened").Length - 1);
        // The driver closes its own when no attempt runs any more.
        Assert.Equal(3, logs.Split("the book Silver is closed").Length - 1);
        Assert.Contains("the book Silver is closed\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_QuietWithAResourceThatPrints_WritesTheIdAlone()
    {
        var run = (await _program.RunAsync("run", "guests", "--quiet")).With(0);

        Assert.Matches("^guests/[a-z0-9-]+\n$", run.Out);
        Assert.Contains("the book Gold is closed\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FromCode_TakesServicesFromItsOptions()
    {
        await using var services = new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddSingleton<Ledger>().AddScoped<Visit>().BuildServiceProvider();

        var run = await new ServedFlow().RunAsync(new RunOptions { Store = _program.Store, Services = services }, TestContext.Current.CancellationToken);

        Assert.Equal("Bo is welcome as number", (await run.Here[1])[..23]);
        Assert.EndsWith(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), await run.Apart[0], StringComparison.Ordinal);
        Assert.Equal("FG1015", (await Assert.ThrowsAsync<FlowException>(() => new ServedFlow().RunAsync(new RunOptions { Store = _program.Store }))).Code);
    }
}
