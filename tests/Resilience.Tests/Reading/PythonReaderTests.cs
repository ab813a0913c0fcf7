using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FlowGen.Storage;
using Runtime.Tests.Executing;

namespace Resilience.Tests.Reading;

/// <summary>Somebody who has nothing but <c>docs/storage-format.md</c> reads what the commands show: sixty lines of Python.</summary>
public sealed class PythonReaderTests
{
    private const string Python = "/usr/bin/python3";

    [Theory]
    [InlineData("v1"), InlineData("v2"), InlineData("v3")]
    public async Task Read_GoldenStore_IsWhatTheCommandsShow(string version)
    {
        using var store = GoldenStore.Extract(version);
        var statuses = await CompareAsync(store.Path);
        Assert.Equal(version == "v3" ? ["cancelled", "failed", "interrupted", "succeeded"] : ["cancelled", "interrupted", "succeeded"], statuses.Distinct().Order());
    }

    [Fact]
    public async Task Read_StoreOfToday_IsWhatTheCommandsShow()
    {
        using var folder = new Storage.Tests.TemporaryFolder();
        var objects = new LocalFolderStore(folder.Path);
        var flow = SmallFlow.Make();
        await new TestRun { Store = objects }.StartAsync(flow);
        // And one that is killed when some of it is recorded.
        await Assert.ThrowsAsync<FlowGen.FlowException>(() => new TestRun { Store = new Faults.NumberedStore(objects, 15, Faults.Trouble.Killed) }.StartAsync(SmallFlow.Make()));

        var statuses = await CompareAsync(folder.Path);

        Assert.Equal(["interrupted", "succeeded"], statuses.Order());
    }

    /// <summary>Compares every run as the script reads it with <c>status --json</c> and <c>dump --json</c>, and gives how they ended.</summary>
    private static async Task<List<string>> CompareAsync(string store)
    {
        var terminal = GoldenStore.Terminal;
        var statuses = new List<string>();
        foreach (var run in JsonDocument.Parse(await RunScriptAsync(store)).RootElement.EnumerateArray())
        {
            var id = run.GetProperty("run").GetString()!;
            var status = await JsonAsync("status", id);
            statuses.Add(run.GetProperty("status").GetString()!);
            Assert.Equal(status.GetProperty("status").GetString(), statuses[^1]);
            Assert.True(JsonElement.DeepEquals(status.GetProperty("parameters"), run.GetProperty("parameters")), id);
            Assert.Equal(Decided(status), Tasks(run).Select(task => $"{task.Name} {task.Value.GetProperty("status")} {task.Value.GetProperty("attempts")}").Order(StringComparer.Ordinal));

            var shown = (await JsonAsync("dump", id, "--full")).GetProperty("artifacts").EnumerateArray().ToDictionary(artifact => $"{artifact.GetProperty("task")} {artifact.GetProperty("name")}");
            var read = Tasks(run).Where(task => task.Value.TryGetProperty("artifacts", out _)).SelectMany(task => task.Value.GetProperty("artifacts").EnumerateObject().Select(artifact => ($"{task.Name} {artifact.Name}", artifact.Value))).ToDictionary();
            Assert.Equal(shown.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, artifact) in read)
            {
                Assert.Equal(shown[name].GetProperty("hash").GetString(), artifact.GetProperty("hash").GetString());
                var value = artifact.GetProperty("value");
                if (!IsSummary(value)) Assert.True(JsonElement.DeepEquals(shown[name].GetProperty("value"), value), $"{name} is {value}");
            }
        }

        return statuses;

        async Task<JsonElement> JsonAsync(params string[] args)
        {
            var typed = await terminal.TypeAsync([.. args, "--json", "--store", store]);
            Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
            return JsonDocument.Parse(typed.Out).RootElement;
        }
    }

    private static JsonElement.ObjectEnumerator Tasks(JsonElement run) => run.GetProperty("tasks").EnumerateObject();

    private static IEnumerable<string> Decided(JsonElement status) => status.GetProperty("tasks").EnumerateArray()
        .Where(task => task.GetProperty("status").GetString() is "succeeded" or "reused" or "failed" or "skipped" or "blocked")
        .Select(task => $"{task.GetProperty("task")} {task.GetProperty("status")} {task.GetProperty("attempts")}").Order(StringComparer.Ordinal);

    /// <summary>Of big values, tables and blobs the script checks the hash and shows nothing.</summary>
    private static bool IsSummary(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() == "big" || value.ValueKind == JsonValueKind.Object && value.TryGetProperty("extension", out _);

    private static async Task<string> RunScriptAsync(string store, [CallerFilePath] string caller = "")
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") is null && !await CanAsync("-c", "import msgpack, zstandard"), "Needs python3-msgpack and python3-zstandard; build/test.sh installs them.");
        using var process = Process.Start(new ProcessStartInfo(Python, [Path.Combine(Path.GetDirectoryName(caller)!, "read_store.py"), store]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }

    private static async Task<bool> CanAsync(params string[] args)
    {
        if (!File.Exists(Python)) return false;
        using var process = Process.Start(new ProcessStartInfo(Python, args) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
