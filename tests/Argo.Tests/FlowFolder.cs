using System.Diagnostics;
using System.Text.Json;
using Argo.Tests.Workflows;

namespace Argo.Tests;

/// <summary>The program with the test flows, and a store of its own.</summary>
internal sealed class FlowFolder : IDisposable
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Argo.Flows.dll");

    public string Folder { get; } = Directory.CreateTempSubdirectory("flowgen-argo-").FullName;

    public string Store => Path.Combine(Folder, "store");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs the program.</summary>
    public async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLOWGEN_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["FLOWGEN_DATASTORE"] = Store;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs the program, which must end well.</summary>
    public async Task<string> OutAsync(params string[] args)
    {
        var (code, output, error) = await RunAsync(args);
        Assert.True(code == 0, $"{string.Join(' ', args)}: {code}\n{output}{error}");
        return output;
    }

    public async Task<JsonElement> JsonAsync(params string[] args) => JsonDocument.Parse(await OutAsync([.. args, "--json"])).RootElement;

    /// <summary>The manifest of a flow.</summary>
    public Task<string> ManifestAsync(string flow, params string[] options) => OutAsync(["submit", flow, "--engine", "argo", "--manifest", "-", "--image", "registry.example.com/flows:1", .. options]);

    /// <summary>The workflow of a flow.</summary>
    public async Task<Workflow> WorkflowAsync(string flow, string[] options, params (string Name, string Value)[] arguments) => new(Yaml.Read(await ManifestAsync(flow, options))[0], Program, Folder, arguments);

    public async Task<string> StatusAsync(string run) => (await JsonAsync("status", run)).GetProperty("status").GetString()!;

    public async Task<string[]> TasksAsync(string run) =>
        [.. (await JsonAsync("status", run)).GetProperty("tasks").EnumerateArray().Select(task => $"{task.GetProperty("task")} {task.GetProperty("status")} {task.GetProperty("attempts")}")];

    /// <summary>Hashes by task and name, and values for people who wonder why two are not the same.</summary>
    public async Task<string[]> HashesAsync(string run) =>
        [.. (await JsonAsync("dump", run)).GetProperty("artifacts").EnumerateArray().Select(artifact => $"{artifact.GetProperty("task")}.{artifact.GetProperty("name")} {artifact.GetProperty("hash")} {artifact.GetProperty("value")}")];

    public async Task<string> ValueAsync(string run, string artifact) =>
        (await JsonAsync("dump", run)).GetProperty("artifacts").EnumerateArray().Single(found => found.GetProperty("name").GetString() == artifact).GetProperty("value").ToString();
}
