using System.Diagnostics;
using System.Text;
using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Writes the graph of a flow into files, as the program itself shows it: JSON, Mermaid, and a drawing of that.</summary>
public sealed class WriteGraph : FlowTask
{
    /// <summary>The program as it was built for this machine.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>Which flow, of a program with several.</summary>
    public string FlowName { get; set; } = "";

    /// <summary>Where to.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var name = FlowName.Length > 0 ? FlowName : "flow";
        var mermaid = Show("mermaid");
        Directory.CreateDirectory(Folder);
        foreach (var (extension, text) in new[] { ("mmd", mermaid), ("svg", GraphSvg.Draw(mermaid)), ("json", Show("json")) })
        {
            var file = Path.Combine(Folder, $"{name}.{extension}");
            if (!File.Exists(file) || File.ReadAllText(file) != text) File.WriteAllText(file, text);
            Tell($"{Path.GetFileNameWithoutExtension(Project)} -> {file}");
        }
    }

    private string Show(string format)
    {
        string[] flow = FlowName.Length > 0 ? [FlowName] : [];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, "show", .. flow, "--format", format])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return text;
        var said = error.GetAwaiter().GetResult().Trim();
        throw new BuildException("FG0915", $"the program does not show its graph: {said}{(said.Contains("FG1007", StringComparison.Ordinal) ? " Say which with FlowName=NAME." : "")}");
    }
}
