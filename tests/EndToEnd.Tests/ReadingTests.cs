using System.Text.Json;

namespace EndToEnd.Tests;

/// <summary>A run, and everything that can be asked about it.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly FlowProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Run_OfAFlow_IsSeenByEveryVerb()
    {
        var run = (await _program.RunAsync("run", "squares", "--count", "4", "--tag", "first", "--tag", "nightly")).With(0);
        Assert.Equal("", run.Error);
        Assert.Contains("square[3]  done in ", run.Out, StringComparison.Ordinal);
        Assert.Contains("succeeded in ", run.Out, StringComparison.Ordinal);
        Assert.Contains(_program.Store, run.Out, StringComparison.Ordinal);

        var runs = (await _program.RunAsync("runs", "--json")).With(0).Json;
        var only = Assert.Single(runs.EnumerateArray());
        Assert.Equal(("squares", "succeeded"), (only.GetProperty("flow").GetString(), only.GetProperty("status").GetString()));
        Assert.Equal(["first", "nightly"], only.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        var id = only.GetProperty("run").GetString()!;

        var status = (await _program.RunAsync("status", "--json")).With(0).Json;
        Assert.Equal(id, status.GetProperty("run").GetString());
        Assert.Equal(4, status.GetProperty("parameters").GetProperty("count").GetInt32());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("parameters").GetProperty("gate").ValueKind);
        Assert.Equal(
            ["numbers succeeded", "square[0] succeeded", "square[1] succeeded", "square[2] succeeded", "square[3] succeeded", "sum succeeded"],
            status.GetProperty("tasks").EnumerateArray().Select(task => $"{task.GetProperty("task").GetString()} {task.GetProperty("status").GetString()}"));

        var dump = (await _program.RunAsync("dump", id.Split('-')[1], "--artifact", "sum", "--json")).With(0).Json;
        Assert.Equal(14, Assert.Single(dump.GetProperty("artifacts").EnumerateArray()).GetProperty("value").GetDouble());

        Assert.Equal("squaring 2\n", (await _program.RunAsync("logs", id, "--task", "square.2")).With(0).Out);
        Assert.Contains("4 tasks: 4 succeeded", (await _program.RunAsync("status", "latest")).With(0).Out, StringComparison.Ordinal);
        Assert.Contains("each of numbers", (await _program.RunAsync("show", "squares")).With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAnInputFile_ReadsItsContent()
    {
        await File.WriteAllTextAsync(Path.Combine(_program.Directory, "text.txt"), "a\nb\nc\n");

        (await _program.RunAsync("run", "lines", "--text", "text.txt", "--quiet")).With(0);

        Assert.Equal(3, (await _program.RunAsync("dump", "--json")).With(0).Json.GetProperty("artifacts")[0].GetProperty("value").GetInt32());
        Assert.Equal("3 lines\n", (await _program.RunAsync("logs")).With(0).Out);
        var parameter = (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("parameters").GetProperty("text");
        Assert.Equal("text.txt", parameter.GetProperty("path").GetString());
    }

    [Fact]
    public async Task Run_Quiet_WritesTheIdOnly()
    {
        var run = (await _program.RunAsync("run", "squares", "--quiet")).With(0);

        Assert.Matches("^squares/[0-9a-z]{9}-[0-9a-z]{8}\n$", run.Out);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Run_OfAWideForeach_WritesFewLines()
    {
        var run = (await _program.RunAsync("run", "squares", "--count", "2000")).With(0);

        Assert.InRange(run.Out.Split('\n').Length, 10, 50);
        Assert.Equal(2000, (await _program.RunAsync("status", "--json")).With(0).Json.GetProperty("tasks").EnumerateArray().Count(task => task.GetProperty("step").GetString() == "square"));
    }

    [Fact]
    public async Task Logs_OfReusedTasks_ComeFromTheRunThatMadeThem()
    {
        var made = (await _program.RunAsync("run", "squares", "--count", "2", "--quiet")).With(0).Out.TrimEnd();
        (await _program.RunAsync("resume", "--quiet")).With(0);
        (await _program.RunAsync("resume", "--quiet")).With(0);

        Assert.Equal("squaring 1\n", (await _program.RunAsync("logs", "--task", "square.1")).With(0).Out);
        Assert.Equal("square[1]", (await _program.RunAsync("logs", "--task", "square.1", "--json")).With(0).Json.GetProperty("lines")[0].GetProperty("task").GetString());

        Directory.Delete(Path.Combine(_program.Store, "runs", made), recursive: true);
        var lost = (await _program.RunAsync("logs", "--task", "square.1")).With(0);
        Assert.Equal(("", $"note: A reused task wrote into the logs of the run {made}, which is not in this store any more.\n"), (lost.Out, lost.Error));
    }

    [Fact]
    public async Task Reading_IntoAClosedPipe_IsQuiet()
    {
        (await _program.RunAsync("run", "squares", "--count", "2000", "--quiet")).With(0);

        Assert.Equal("", (await _program.ShellAsync("$flows dump --json | true; $flows logs | head -c 1 > /dev/null; exit ${PIPESTATUS[0]}")).With(0).Error);
    }

    [Fact]
    public async Task Reading_OfAReadOnlyStore_DoesNotWrite()
    {
        (await _program.RunAsync("run", "squares", "--quiet")).With(0);
        var before = Files();

        foreach (var verb in new[] { "status", "runs", "logs", "dump" }) (await _program.RunAsync(verb)).With(0);

        Assert.Equal(before, Files());
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(_program.Store, "*", SearchOption.AllDirectories).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}").Order(StringComparer.Ordinal)];
}
