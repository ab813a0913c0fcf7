using System.Text.Json;
using EndToEnd.Flows;
using FlowGen;

namespace EndToEnd.Tests;

/// <summary>Flows that run other flows, as the compiler makes them and as people see them.</summary>
public sealed class SubFlowTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    private RunOptions Options => new() { Store = _program.Store };

    [Fact]
    public async Task RunAsync_FromCode_GivesWhatTheSubFlowsGave()
    {
        var run = await new OrdersFlow().RunAsync(Options, TestContext.Current.CancellationToken);

        // 12 + 11 + 13 = 36, doubled until 200 are reached.
        Assert.Equal("12; 11; 13 -> 288 -> 576 in wrap/text of wrap", await run.End);
        Assert.Equal([12, 11, 13], await run.PickTotal.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal("c", await run.PickFirst[1]);
        Assert.Equal(288, await run.Grow);
        Assert.Equal("pick[2]/length[1]", run.Info.Tasks.Single(task => task.Name == "pick[2]/length[1]").Name);
        Assert.Equal(["grow#0/twice", "grow#1/twice", "grow#2/twice"], run.Info.Tasks.Select(task => task.Name).Where(name => name.EndsWith("/twice", StringComparison.Ordinal) && name.StartsWith("grow", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_WithAFailureThatIsTolerated_TellsWhichTaskInsideFailed()
    {
        var run = await new OrdersFlow { Broken = "e" }.RunAsync(Options, TestContext.Current.CancellationToken);

        Assert.StartsWith("12; 11; pick[2]/length[1] failed: no e -> ", await run.End, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InAProcessOfItsOwn_StartsIsolatedStepsOfSubFlows()
    {
        (await _program.RunAsync("run", "orders")).With(0);

        var text = (await DumpAsync("--task", "wrap/text")).Single();
        Assert.Equal("576 in wrap/text of wrap apart", text.GetProperty("value").GetString());
    }

    [Fact]
    public async Task Run_FilesAndSecrets_AreHandedThroughAndMasked()
    {
        var heading = Path.Combine(_program.Directory, "heading.txt");
        await File.WriteAllTextAsync(heading, "Dear", TestContext.Current.CancellationToken);
        var token = Path.Combine(_program.Directory, "token.txt");
        await File.WriteAllTextAsync(token, "tops3cret", TestContext.Current.CancellationToken);
        var run = (await _program.RunAsync("run", "orders", "--heading", heading, "--token-file", token)).With(0);

        Assert.Contains("Dear f ***", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("tops3cret", run.Out, StringComparison.Ordinal);
        var logs = (await _program.RunAsync("logs", "latest", "--task", "pick.2/length.2")).With(0);
        Assert.Equal("Dear f ***", logs.Out.Trim());
    }

    [Fact]
    public async Task Run_ThatFailed_IsShownAndResumedInsideItsSubFlows()
    {
        var failed = await _program.RunAsync("run", "orders", "--broken", "e", "--with", "pick/length:retry=1,backoff=1ms", "--fail-fast");
        failed.With(0);

        var status = await _program.RunAsync("status", "latest");
        Assert.Contains("pick/length", status.Out, StringComparison.Ordinal);
        Assert.Contains("5 succeeded, 1 failed", status.Out, StringComparison.Ordinal);
        Assert.Contains("pick[2]/length[1] failed after 2 attempts (tolerated): InvalidOperationException: no e", status.Out, StringComparison.Ordinal);
        var logs = await _program.RunAsync("logs", "latest", "--task", "pick[2]/length[1]");
        Assert.Contains("no e", logs.Out, StringComparison.Ordinal);
        var unknown = await _program.RunAsync("logs", "latest", "--task", "pick.7/length.1");
        Assert.Contains("has not opened pick[7]", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_NamesTheStepsInsideInEachForm()
    {
        var text = (await _program.RunAsync("show", "orders")).With(0);
        Assert.Contains("pick/length", text.Out, StringComparison.Ordinal);
        Assert.Contains("wrap/inside/twice", text.Out, StringComparison.Ordinal);
        var json = (await _program.RunAsync("show", "orders", "--json")).With(0).Json;
        var wrap = json.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("name").GetString() == "wrap");
        Assert.Equal(["inside", "text"], wrap.GetProperty("subFlow").GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        Assert.Contains("pick: flow pick", (await _program.RunAsync("show", "orders", "--format", "mermaid")).With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithAPolicyOfASubFlowItself_IsRefused()
    {
        var refused = await _program.RunAsync("run", "orders", "--with", "pick:retry=1");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("changes a policy of 'pick', which is a sub-flow; change that of a step inside of it, such as pick/", refused.Error, StringComparison.Ordinal);
    }

    private async Task<List<JsonElement>> DumpAsync(params string[] more) =>
        [.. (await _program.RunAsync(["dump", "latest", "--json", .. more])).With(0).Json.GetProperty("artifacts").EnumerateArray()];
}
