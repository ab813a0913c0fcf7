using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Looks for all that links a native worker before anything is built, so that the error says what to install.</summary>
public sealed class FindLinker : FlowTask
{
    /// <summary><c>aot</c> or <c>static</c>.</summary>
    [Required]
    public string Kind { get; set; } = "";

    /// <summary>The runtime the worker is built for.</summary>
    [Required]
    public string Runtime { get; set; } = "";

    /// <summary>The compiler that the project names; empty: the SDK finds one.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>Whether the linker can be told to give no warnings.</summary>
    [Output]
    public bool CanBeQuiet { get; set; }

    /// <inheritdoc/>
    protected override void Run()
    {
        // Elsewhere the SDK's own messages name the one thing that links there.
        if (!OperatingSystem.IsLinux() || !Runtime.StartsWith("linux", StringComparison.Ordinal)) return;
        var toolchain = new Toolchain(Environment.GetEnvironmentVariable("PATH") ?? "");
        var isStatic = Kind == "static";
        if (toolchain.FindMissing(isStatic, Compiler) is { Count: > 0 } missing)
        {
            var packages = string.Join(' ', missing.Select(part => part.Package).Distinct());
            throw new BuildException("FG0909", $"a {(isStatic ? "static " : "")}native worker is linked by the C compiler of this machine, which lacks {string.Join(", ", missing.Select(part => part.What).Distinct())}; "
                + $"install: {Installer()}{packages}; or do without: {(isStatic ? "FlowStatic=false" : "FlowWorker=r2r")}");
        }

        CanBeQuiet = isStatic && toolchain.CanBeQuiet();
    }

    private static string Installer() => File.Exists("/etc/debian_version") ? "sudo apt-get install " : "(names of Debian) ";
}
