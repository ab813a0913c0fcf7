using EndToEnd.Flows;
using FlowGen;

namespace EndToEnd.Tests;

/// <summary>What the compiler decides about choices, loops and failures, and what the runtime then does.</summary>
public sealed class ChoiceTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    private RunOptions Options => new() { Store = _program.Store };

    [Theory]
    [InlineData(0.2, false, "shared 0.125; not announced; not published")]
    [InlineData(0.2, true, "published 0.125; announced: published 0.125; published 0.125")]
    [InlineData(0.6, true, "0.5 is too much; not announced; not published")]
    public async Task Run_TakesTheBranchThatItsDecisionsSay(double goal, bool isPublic, string expected)
    {
        var run = await new ReleaseFlow { Goal = goal, Public = isPublic }.RunAsync(Options, TestContext.Current.CancellationToken);

        Assert.Equal(expected, await run.Report);
        Assert.Equal("b1 d3", await run.Evens);
    }

    [Fact]
    public async Task Run_SkipsWhatHangsOnABranchNotTaken()
    {
        var run = await new ReleaseFlow().RunAsync(Options, TestContext.Current.CancellationToken);

        Assert.Equal("shared 0.125", await run.Share);
        await Assert.ThrowsAsync<ArtifactUnavailableException>(async () => await run.Publish);
        await Assert.ThrowsAsync<ArtifactUnavailableException>(async () => await run.Announce);
        Assert.Equal(["announce", "even[0]", "even[2]", "explain", "publish"], (await TasksAsync()).Where(task => task.Status == "skipped").Select(task => task.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_WithFailuresThatAllConsumersAccept_Succeeds()
    {
        var run = await new ReleaseFlow { Broken = ["b", "c"] }.RunAsync(Options, TestContext.Current.CancellationToken);

        Assert.Equal(("2 pages", "fetch[1], fetch[2]"), (await run.Total, await run.Errors));
        Assert.Equal(["fetch[1] failed", "fetch[2] failed", "parse[1] blocked", "parse[2] blocked"],
            (await TasksAsync()).Where(task => task.Status is "failed" or "blocked").Select(task => $"{task.Name} {task.Status}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_WithMoreFailuresThanAccepted_Fails()
    {
        await Assert.ThrowsAsync<RunFailedException>(() => new ReleaseFlow { Broken = ["a", "b", "c"] }.RunAsync(Options));

        Assert.Contains(("total", "failed"), await TasksAsync());
        var run = await ReleaseFlow.Runs(_program.Store).LatestAsync(TestContext.Current.CancellationToken);
        Assert.Equal("fetch[0], fetch[1], fetch[2]", await run.Errors);
    }

    [Fact]
    public async Task Run_WhoseLoopDoesNotEnd_Fails()
    {
        var error = await Assert.ThrowsAsync<RunFailedException>(() => new ReleaseFlow { Goal = 0.01 }.RunAsync(Options));

        Assert.Contains("improve", error.Message, StringComparison.Ordinal);
    }

    private async Task<List<(string Name, string Status)>> TasksAsync() =>
        [.. (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("tasks").EnumerateArray().Select(task => (task.GetProperty("task").GetString()!, task.GetProperty("status").GetString()!))];
}
