using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Argo.Tests.Workflows;

/// <summary>One start of a container: a process with the environment of the manifest and nothing else of the flow's, and a folder that is its <c>/tmp</c>.</summary>
internal sealed class Pod
{
    public required string Template { get; init; }

    /// <summary>How often it was started before.</summary>
    public required int Retry { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Folder { get; init; }

    public Process? Process { get; private set; }

    public int ExitCode { get; private set; }

    public string Console { get; private set; } = "";

    public async Task RunAsync(JsonObject container, string program, IReadOnlyDictionary<string, string> secrets, CancellationToken stop)
    {
        Directory.CreateDirectory(Folder);
        var start = new ProcessStartInfo("dotnet", [program, .. Arguments.Select(Local)]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLOWGEN_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var variable in container["env"]!.AsArray())
        {
            var (name, value) = (variable!["name"]!.GetValue<string>(), variable["value"]?.GetValue<string>());
            if (name == "HOME") continue; // That of the machine's dotnet.
            if (value is not null) start.Environment[name] = Local(value.Replace("$$", "$", StringComparison.Ordinal));
            else if (secrets.TryGetValue(Place(variable["valueFrom"]!["secretKeyRef"]!), out var secret)) start.Environment[name] = secret;
            else throw new InvalidOperationException($"The secret of {name} is not in the cluster.");
        }

        Process = System.Diagnostics.Process.Start(start)!;
        using var killing = stop.Register(() => Process.Kill());
        var (output, error) = (Process.StandardOutput.ReadToEndAsync(CancellationToken.None), Process.StandardError.ReadToEndAsync(CancellationToken.None));
        await Process.WaitForExitAsync(CancellationToken.None);
        (ExitCode, Console) = (Process.ExitCode, await output + await error);
    }

    public string Read(string path) => File.ReadAllText(Local(path));

    private static string Place(JsonNode reference) => $"{reference["name"]}/{reference["key"]}";

    /// <summary>A path as this machine sees the pod's.</summary>
    private string Local(string text) => text == "/tmp" || text.StartsWith("/tmp/flowgen-turn", StringComparison.Ordinal) || text.StartsWith("/tmp/.net", StringComparison.Ordinal) ? Folder + text["/tmp".Length..] : text;
}
