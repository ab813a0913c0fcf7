using System.Diagnostics;
using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Starts a run by the program itself: <c>submit</c>, with the worker or image that was made for the engine. What it says is shown as it says it.</summary>
public sealed class SubmitFlow : FlowTask, ICancelableTask
{
    private Process? _process;

    /// <summary>The program as it was built for this machine.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>What the program is to do: <c>submit</c> a run, or <c>deploy</c> schedules.</summary>
    public string Verb { get; set; } = "submit";

    /// <summary>The engine.</summary>
    [Required]
    public string Engine { get; set; } = "";

    /// <summary>Which flow, of a program with several.</summary>
    public string FlowName { get; set; } = "";

    /// <summary>The executable of the worker; empty: an image is given.</summary>
    public string Worker { get; set; } = "";

    /// <summary>The image; empty: a worker is given.</summary>
    public string Image { get; set; } = "";

    /// <summary>Settings of the engine, by their name in <c>flowgen.json</c>.</summary>
    public string Profile { get; set; } = "";

    /// <summary>The datastore.</summary>
    public string Datastore { get; set; } = "";

    /// <summary>Where an exported manifest goes.</summary>
    public string Manifest { get; set; } = "";

    /// <summary><c>true</c>: until the run has ended.</summary>
    public string Wait { get; set; } = "";

    /// <summary>Arguments in one text.</summary>
    public string Arguments { get; set; } = "";

    /// <summary>A file with arguments.</summary>
    public string ArgumentsFile { get; set; } = "";

    /// <summary>Only checks what can be checked before anything is built.</summary>
    public bool OnlyCheck { get; set; }

    /// <inheritdoc/>
    public void Cancel()
    {
        try
        {
            _process?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <inheritdoc/>
    protected override void Run()
    {
        var folder = Path.GetDirectoryName(Project)!;
        var own = ArgumentText.Split(Arguments).Concat(ArgumentsFile.Length > 0 ? ArgumentText.Read(Path.GetFullPath(ArgumentsFile, folder)) : []).ToList();
        if (OnlyCheck) return;

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, .. Line(), .. own]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Builds set variables for their own processes that change how other programs of the SDK run.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        Log.LogMessage(MessageImportance.Normal, "{0}", string.Join(' ', start.ArgumentList));
        using (_process = Process.Start(start)!)
        {
            _process.OutputDataReceived += (_, line) => { if (line.Data is not null) Tell(line.Data); };
            _process.ErrorDataReceived += (_, line) => { if (line.Data is not null) Show(line.Data); };
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
            _process.WaitForExit();
            if (_process.ExitCode != 0 && !Log.HasLoggedErrors) throw new BuildException("FG0915", $"the flow was not {(Verb == "deploy" ? "deployed" : IsTrue(Wait) ? "run to a good end" : "submitted")}: the program ended with exit code {_process.ExitCode}; what it said is above");
        }
    }

    private IEnumerable<string> Line()
    {
        yield return Verb;
        if (FlowName.Length > 0) yield return FlowName;
        foreach (var (option, value) in new[] { ("--engine", Engine), ("--worker", Worker), ("--image", Image), ("--profile", Profile), ("--store", Datastore), ("--manifest", Manifest) })
        {
            if (value.Length == 0) continue;
            yield return option;
            yield return value;
        }

        if (IsTrue(Wait)) yield return "--wait";
    }

    /// <summary>An error of the program is one of the build, under its own id; the rest is told as it is.</summary>
    private void Show(string line)
    {
        if (line.StartsWith("error FG", StringComparison.Ordinal) && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0) LogMistake(line["error ".Length..colon], line[(colon + 1)..].Trim());
        else Tell(line);
    }

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
