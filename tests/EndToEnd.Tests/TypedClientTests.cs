using EndToEnd.Flows;
using FlowGen;

namespace EndToEnd.Tests;

/// <summary>Flows run from code, with generated types on both sides.</summary>
public sealed class TypedClientTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    private RunOptions Options => new() { Store = _program.Store };

    [Fact]
    public async Task RunAsync_OfAFlow_GivesTypedArtifacts()
    {
        SquaresFlow.Run run = await new SquaresFlow { Count = 4 }.RunAsync(Options with { Tags = ["code"] }, TestContext.Current.CancellationToken);

        Assert.Equal(14, await run.Sum);
        Assert.Equal([0.0, 1.0, 4.0, 9.0], (await run.Square.ToListAsync(TestContext.Current.CancellationToken)).Select(square => square[1]));
        Assert.Equal((4, 9.0), (run.Square.Count, (await run.Square[3])[1]));
        Assert.Equal((RunStatus.Succeeded, "squares"), (run.Info.Status, run.Info.Flow));

        var again = await SquaresFlow.Runs(_program.Store).LatestSuccessfulAsync("code", TestContext.Current.CancellationToken);
        Assert.Equal(run.Info.Id, again.Info.Id);
        Assert.Equal(3, (await Assert.ThrowsAsync<FlowException>(() => SquaresFlow.Runs(_program.Store).LatestSuccessfulAsync("other"))).ExitCode);
    }

    [Fact]
    public async Task RunAsync_OfAFailingFlow_ThrowsWithTheRun()
    {
        var error = await Assert.ThrowsAsync<RunFailedException>(() => new FragileFlow { Failures = 9 }.RunAsync(Options));

        Assert.Equal($"Run {error.Run.Id} failed: task shaky failed: InvalidOperationException: attempt 3 is one too few", error.Message);
        var run = await FragileFlow.Runs(_program.Store).LatestAsync(TestContext.Current.CancellationToken);
        Assert.Equal(42, await run.Independent);
        await Assert.ThrowsAsync<ArtifactUnavailableException>(async () => await run.Report);
    }

    [Fact]
    public async Task RunAsync_WithOtherPolicies_RunsByThem()
    {
        var run = await new FragileFlow { Failures = 4 }.RunAsync(Options with { With = ["shaky:retry=4"] }, TestContext.Current.CancellationToken);

        Assert.Equal(5, run.Info.Tasks.Single(task => task.Name == "shaky").Attempts);
        var error = await Assert.ThrowsAnyAsync<FlowException>(() => new FragileFlow().RunAsync(Options with { With = ["shacky:retry=4"] }));
        Assert.Equal("RunOptions.With: 'shacky:retry=4' names step 'shacky', which flow 'fragile' does not have; did you mean 'shaky'?", error.Message);
    }

    [Fact]
    public async Task RunAsync_WithABadParameter_RunsNothing()
    {
        var error = await Assert.ThrowsAsync<FlowException>(() => new SquaresFlow { Count = -1 }.RunAsync(Options));

        Assert.Equal("Parameter SquaresFlow.Count: '-1' must be between 0 and 1000000.", error.Message);
        Assert.False(Directory.Exists(_program.Store));
    }

    [Fact]
    public async Task RunAsync_WhenCancelled_LeavesARunThatCanBeResumed()
    {
        using var cancel = new CancellationTokenSource();
        var gate = Path.Combine(_program.Directory, "gate");
        var running = new SquaresFlow { Gate = gate, Ahead = 0 }.RunAsync(Options, cancel.Token);
        // Registered, not just begun: before its first slot there is no run to resume.
        await Gate.WaitAsync(gate + ".0", TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
        (await _program.RunAsync("resume")).With(0);
        Assert.Equal(30, await (await SquaresFlow.Runs(_program.Store).LatestSuccessfulAsync(cancel: TestContext.Current.CancellationToken)).Sum);
    }

    [Fact]
    public async Task History_OfAStore_TellsRunsAndValuesWithoutTheirTypes()
    {
        var small = await new SquaresFlow { Count = 3 }.RunAsync(Options with { Tags = ["a"] }, TestContext.Current.CancellationToken);
        var big = await new SquaresFlow { Count = 5 }.RunAsync(Options, TestContext.Current.CancellationToken);
        var history = RunHistory.Open(_program.Store);

        var best = Assert.Single(await history.FindAsync(new RunFilter { Where = "sum > 6 and run.status == 'succeeded'" }, TestContext.Current.CancellationToken));
        Assert.Equal((big.Info.Id, 5, 30.0), (best.Info.Id, best.Parameters["count"].GetInt32(), (await best.FindAsync("sum", TestContext.Current.CancellationToken))!.Value.GetDouble()));
        Assert.Equal(16, (await best.FindAsync("square[4][1]", TestContext.Current.CancellationToken))!.Value.GetDouble());
        Assert.Null(await best.FindAsync("nothing", TestContext.Current.CancellationToken));
        Assert.Equal(["numbers", "square", "sum"], best.Artifacts);
        Assert.Equal(7, (await best.TasksAsync(TestContext.Current.CancellationToken)).Count);
        Assert.Equal([small.Info.Id, big.Info.Id], (await history.FindAsync(new RunFilter { Sort = "sum" }, TestContext.Current.CancellationToken)).Select(run => run.Info.Id));
        Assert.Equal(big.Info.Id, Assert.Single(await SquaresFlow.Runs(_program.Store).FindAsync(new RunFilter { Where = "count == 5" }, TestContext.Current.CancellationToken)).Info.Id);

        await history.TagAsync(big.Info.ShortId, ["champion"], [], TestContext.Current.CancellationToken);
        await history.MoveTagAsync(small.Info.Id, "champion", TestContext.Current.CancellationToken);
        Assert.Equal(small.Info.Id, (await history.GetAsync("@champion", TestContext.Current.CancellationToken)).Info.Id);
        Assert.Equal(small.Info.Id, (await SquaresFlow.Runs(_program.Store).LatestSuccessfulAsync("champion", TestContext.Current.CancellationToken)).Info.Id);
        Assert.Equal("FG1030", (await Assert.ThrowsAsync<FlowException>(() => history.TagAsync("latest", ["user:x"], []))).Code);
    }
}
