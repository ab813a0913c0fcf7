using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Decides which kind of worker is built and for which system, and says why.</summary>
public sealed class ChooseWorker : FlowTask
{
    /// <summary><c>auto</c>, <c>aot</c> or <c>r2r</c>.</summary>
    public string Worker { get; set; } = "auto";

    /// <summary><c>auto</c>, <c>true</c> or <c>false</c>.</summary>
    public string Static { get; set; } = "auto";

    /// <summary><c>true</c>: it goes into an image.</summary>
    public string IsForImage { get; set; } = "";

    /// <summary>The runtime to build for; empty: decided by the engine.</summary>
    public string Runtime { get; set; } = "";

    /// <summary>The engine.</summary>
    public string Engine { get; set; } = "local";

    /// <summary>The runtime of this machine.</summary>
    [Required]
    public string HostRuntime { get; set; } = "";

    /// <summary>Packages that rule native code out: patterns, with the metadata <c>Reason</c> or <c>IsNative</c>.</summary>
    public ITaskItem[] Rules { get; set; } = [];

    /// <summary>What NuGet resolved.</summary>
    [Required]
    public string AssetsFile { get; set; } = "";

    /// <summary>The framework of the project, as NuGet names it.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>What the project says about culture data.</summary>
    public string InvariantGlobalization { get; set; } = "";

    /// <summary><c>aot</c>, <c>static</c> or <c>r2r</c>.</summary>
    [Output]
    public string Kind { get; set; } = "";

    /// <summary>The runtime it is built for.</summary>
    [Output]
    public string ChosenRuntime { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var rules = new NativeRules(Rules.Select(rule => (rule.ItemSpec, rule.GetMetadata("IsNative") == "true" ? null : rule.GetMetadata("Reason") is { Length: > 0 } reason ? reason : "the project says so")));
        var isTrue = IsForImage.Equals("true", StringComparison.OrdinalIgnoreCase);
        var request = new WorkerRequest(Worker, Static, isTrue, Runtime, Engine, HostRuntime, !InvariantGlobalization.Equals("false", StringComparison.OrdinalIgnoreCase));
        var choice = WorkerChoice.Of(request, ResolvedPackage.Read(AssetsFile, TargetFramework), rules);
        (Kind, ChosenRuntime) = (choice.Kind, choice.Runtime);
        Tell($"{Path.GetFileNameWithoutExtension(Project)}: the worker for {choice.Runtime} is {choice.Description}, because {choice.Reason}");
    }
}
