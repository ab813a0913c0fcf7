using System.Text.Json;
using EndToEnd.Tests;

namespace Engines.Tests.Conformance;

/// <summary>
/// What every engine must do, whatever it is: the program with the test flows is submitted to it as people do, and its runs are looked at through the store alone. Results must be those of the same flow
/// in one process. An engine is tested by a class that says how it is chosen and how its jobs are killed.
/// </summary>
public abstract class EngineConformance : IAsyncDisposable
{
    private FlowProgram? _program;

    /// <summary>Options of <c>submit</c> that choose the engine.</summary>
    protected abstract IReadOnlyList<string> Options { get; }

    /// <summary>Where runs are kept; <c>null</c> for a folder of the test.</summary>
    protected virtual string? Store => null;

    /// <summary>Whether steps run in jobs of their own, and not in the driver.</summary>
    protected virtual bool SendsSteps => true;

    /// <summary>Tasks of a wide foreach.</summary>
    protected virtual int WideTasks => 2000;

    /// <summary>Ends the driver's process without a word.</summary>
    /// <param name="run">The run, as <c>flow/id</c>.</param>
    protected abstract Task KillDriverAsync(string run);

    /// <summary>Ends the machines that run steps of a run.</summary>
    /// <param name="run">The run.</param>
    protected abstract Task KillWorkersAsync(string run);

    /// <summary>How <c>explain</c> says what became of an attempt whose machine was ended.</summary>
    protected virtual string LostWords => "signal 9";

    /// <summary>Removes what the engine was given for the test.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    /// <summary>A folder that goes with the test.</summary>
    protected string Folder => Program.Directory;

    private FlowProgram Program => _program ??= new FlowProgram(Store) { Deadline = TimeSpan.FromMinutes(5) };

    /// <summary>The file with the test flows.</summary>
    protected static string Worker => Path.Combine(AppContext.BaseDirectory, "EndToEnd.Flows.dll");

    public async ValueTask DisposeAsync()
    {
        await CleanUpAsync();
        _program?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0, "squares", "--count", "7")]
    [InlineData(0, "release", "--broken", "b")]
    [InlineData(0, "release", "--goal", "0.4", "--public")]
    [InlineData(0, "orders", "--broken", "d")]
    [InlineData(0, "fragile", "--failures", "2")]
    [InlineData(1, "fragile", "--failures", "3")]
    [InlineData(0, "lines", "--text", "poem.txt")]
    [InlineData(0, "parts")]
    [InlineData(1, "parts", "--hangs", "2")]
    public async Task Flow_OfEachShape_EndsAsInOneProcess(int exitCode, params string[] flow)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "poem.txt"), "one\ntwo\nthree\n");
        var here = (await Program.RunAsync(["run", .. flow, "--quiet"])).With(exitCode).Out.Trim();
        var there = await SubmitAsync(exitCode, flow);

        Assert.Equal(await OutcomesAsync(here), await OutcomesAsync(there));
        Assert.Equal(await HashesAsync(here), await HashesAsync(there));
    }

    [Fact]
    public async Task Logs_OfAllTasks_AreInTheStore()
    {
        var run = await SubmitAsync(0, "squares", "--count", "5");

        var lines = (await Program.RunAsync("logs", run, "--json")).With(0).Json.GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("task").GetString()}: {line.GetProperty("text").GetString()}");
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"square[{i}]: squaring {i}"), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Resume_OfARunThatFailed_TakesOverWhatIsDone()
    {
        var failed = await SubmitAsync(1, "fragile", "--failures", "3");

        var run = await SubmitAsync(0, "fragile", "--resume", failed, "--failures", "0");

        Assert.Equal("took 1", await ValueAsync(run, "report"));
        Assert.Equal(["independent reused", "report succeeded", "shaky succeeded"], (await TasksAsync(run)).Select(task => $"{task.Key} {task.Value.GetProperty("status").GetString()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Wide_TwoThousandShortTasks_ShareFewJobs()
    {
        var run = await SubmitAsync(0, "squares", "--count", $"{WideTasks}");

        Assert.Equal(WideTasks + 2, (await Program.RunAsync("status", run, "--json")).With(0).Json.GetProperty("tasks").GetArrayLength());
        Assert.Equal($"{Enumerable.Range(0, WideTasks).Sum(i => (double)i * i)}", await ValueAsync(run, "sum"));
        // The first tasks tell how long one takes, and on a machine with much other work they need a good part of a second to start.
        Assert.InRange(await JobsAsync(run), SendsSteps ? 2 : 0, WideTasks / 20);
    }

    [Fact]
    public async Task Cancel_WhileTasksRun_StopsThem()
    {
        var gate = Path.Combine(Folder, "gate");
        var run = await StartAsync("squares", "--count", "5", "--gate", gate);
        await WhenExistsAsync(gate + ".3");

        (await Program.RunAsync("cancel", run)).With(0);

        Assert.Equal("cancelled", (await Program.RunAsync("status", run, "--json")).With(0).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task DriverKilled_WhileTasksRun_IsFollowedByOneThatGoesOn()
    {
        var gate = Path.Combine(Folder, "gate");
        var run = await StartAsync("squares", "--count", "6", "--gate", gate);
        await WhenExistsAsync(gate + ".3");

        await KillDriverAsync(run);
        await File.WriteAllTextAsync(gate, "");

        await EndAsync(run, "succeeded");
        Assert.Equal("55", await ValueAsync(run, "sum"));
        Assert.Single((await Program.RunAsync("runs", "squares", "--json")).With(0).Json.EnumerateArray());
    }

    [Fact]
    public async Task WorkersKilled_WhileTasksRun_OnlyWhatRanIsTriedAgain()
    {
        if (!SendsSteps) Assert.Skip("Steps run in the driver.");
        var (run, gate) = await HoldAsync();

        await KillWorkersAsync(run);

        var (attempts, explained) = await LetGoAsync(run, gate);
        Assert.True(attempts > 1, "the task that ran was not charged");
        Assert.Contains(LostWords, explained, StringComparison.Ordinal);
    }

    /// <summary>Starts a run of which one task has succeeded and another one runs until it is let go.</summary>
    protected async Task<(string Run, string Gate)> HoldAsync()
    {
        var gate = Path.Combine(Folder, "gate");
        var run = await StartAsync("squares", "--count", "5", "--gate", gate);
        await WhenExistsAsync(gate + ".3");
        // What a worker has not told yet is lost with it.
        await WhenAsync(run, tasks => tasks["square[0]"].GetProperty("status").GetString() == "succeeded" && tasks["square[3]"].GetProperty("status").GetString() == "running");
        return (run, gate);
    }

    /// <summary>Lets a run go on whose workers were ended: it must succeed, and only what ran may have run again.</summary>
    /// <returns>The attempts of the task that ran, and how <c>explain</c> tells what became of it.</returns>
    protected async Task<(int Attempts, string Explained)> LetGoAsync(string run, string gate)
    {
        await File.WriteAllTextAsync(gate, "");
        await EndAsync(run, "succeeded");
        var attempts = (await TasksAsync(run)).ToDictionary(task => task.Key, task => task.Value.GetProperty("attempts").GetInt32());
        Assert.Equal((1, 1), (attempts["numbers"], attempts["square[0]"]));
        Assert.Equal("30", await ValueAsync(run, "sum"));
        return (attempts["square[3]"], (await Program.RunAsync("explain", $"{run}/square[3]")).With(0).Out);
    }

    /// <summary>Submits a flow and waits for its end.</summary>
    /// <returns>The run.</returns>
    protected async Task<string> SubmitAsync(int exitCode, params string[] flow)
    {
        var ended = (await Program.RunAsync(["submit", .. flow, .. Options, "--wait", "--quiet"])).With(exitCode);
        return ended.Out.Split('\n')[0].Trim();
    }

    /// <summary>Submits a flow and leaves it.</summary>
    protected async Task<string> StartAsync(params string[] flow) => (await Program.RunAsync(["submit", .. flow, .. Options, "--quiet"])).With(0).Out.Trim();

    /// <summary>Drives a run on, as people do; does not wait for its end.</summary>
    protected Task DriveAsync(string run)
    {
        Program.Start("drive", run);
        return Task.CompletedTask;
    }

    private async Task EndAsync(string run, string status)
    {
        (await Program.RunAsync("logs", run, "--follow")).With(0);
        for (var limit = DateTime.UtcNow.AddMinutes(3); ; await Task.Delay(200))
        {
            var now = (await Program.RunAsync("status", run, "--json")).With(0).Json.GetProperty("status").GetString();
            if (now == status) return;
            if (now is "failed" or "cancelled" or "succeeded" || DateTime.UtcNow > limit) Assert.Fail($"The run is {now}.\n{(await Program.RunAsync("logs", run)).Out}");
        }
    }

    /// <summary>Hashes by task and name, and values for people who wonder why two are not the same.</summary>
    private async Task<string[]> HashesAsync(string run) =>
        [.. (await DumpAsync(run)).Select(artifact => $"{artifact.GetProperty("task")}.{artifact.GetProperty("name")} {artifact.GetProperty("hash")} {artifact.GetProperty("value")}")];

    private async Task<string> ValueAsync(string run, string artifact) =>
        $"{(await DumpAsync(run)).Single(found => found.GetProperty("name").GetString() == artifact).GetProperty("value")}";

    private async Task<IEnumerable<JsonElement>> DumpAsync(string run) => (await Program.RunAsync("dump", run, "--json")).With(0).Json.GetProperty("artifacts").EnumerateArray();

    private async Task<Dictionary<string, JsonElement>> TasksAsync(string run) =>
        (await Program.RunAsync("status", run, "--json")).With(0).Json.GetProperty("tasks").EnumerateArray().ToDictionary(task => task.GetProperty("task").GetString()!);

    private async Task WhenAsync(string run, Func<Dictionary<string, JsonElement>, bool> condition)
    {
        for (var limit = DateTime.UtcNow.AddMinutes(2); ; await Task.Delay(100))
        {
            var tasks = await TasksAsync(run);
            if (tasks.ContainsKey("square[3]") && condition(tasks)) return;
            if (DateTime.UtcNow > limit) Assert.Fail($"The run never came so far.\n{(await Program.RunAsync("status", run)).Out}");
        }
    }

    private async Task<string[]> OutcomesAsync(string run) =>
        [.. (await Program.RunAsync("status", run, "--json")).With(0).Json.GetProperty("tasks").EnumerateArray().Select(task => $"{task.GetProperty("task")} {task.GetProperty("status")} {task.GetProperty("attempts")}")];

    private async Task<int> JobsAsync(string run) => (await RecordsAsync(run)).OfType<FlowGen.Runs.SliceDispatched>().Count();

    private async Task<List<FlowGen.Runs.RunRecord>> RecordsAsync(string run)
    {
        var reader = new FlowGen.Runs.RunReader(FlowGen.Storage.ObjectStores.Open(Program.Store));
        var records = new List<FlowGen.Runs.RunRecord>();
        for (var n = 0; await reader.ReadAsync(FlowGen.Runs.RunKey.Parse(run)!.Value, n, default) is { } slot; n++) records.AddRange(slot.Records);
        return records;
    }

    private static async Task WhenExistsAsync(string file)
    {
        for (var limit = DateTime.UtcNow.AddMinutes(2); !File.Exists(file); await Task.Delay(50))
            if (DateTime.UtcNow > limit) Assert.Fail($"{file} never came to be");
    }
}
