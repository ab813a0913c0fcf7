using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;

namespace FlowGen.Build;

/// <summary>Lists what a worker is made of: see <see cref="Sbom"/>.</summary>
public sealed partial class WriteSbom : FlowTask
{
    /// <summary>What NuGet resolved for the worker.</summary>
    [Required]
    public string AssetsFile { get; set; } = "";

    /// <summary>The framework, as NuGet names it.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The runtime that the worker was built for.</summary>
    [Required]
    public string Runtime { get; set; } = "";

    /// <summary>The kind of worker.</summary>
    [Required]
    public string Kind { get; set; } = "";

    /// <summary>The version of the program.</summary>
    public string Version { get; set; } = "";

    /// <summary>The base image; empty: none.</summary>
    public string Base { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Required]
    public string Output { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        List<(string, string, string)> others = [.. RuntimePacks()];
        if (Kind == "static" && OpenSslVersion() is { } openSsl) others.Add(("generic", "openssl", openSsl));
        if (Kind != "static" && Base.Length > 0) others.Add(("oci", ImageReference.Parse(Base).Repository.Split('/')[^1], ImageReference.Parse(Base).Selector));
        Sbom.Write(Path.GetFileNameWithoutExtension(Project), Version.Length > 0 ? Version : "1.0.0", ResolvedPackage.Read(AssetsFile, $"{TargetFramework}/{Runtime}"), others, Output);
    }

    private List<(string, string, string)> RuntimePacks()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(AssetsFile));
        return
        [
            .. document.RootElement.GetProperty("project").GetProperty("frameworks").EnumerateObject()
                .Where(framework => framework.Value.TryGetProperty("downloadDependencies", out _)).SelectMany(framework => framework.Value.GetProperty("downloadDependencies").EnumerateArray())
                .Select(package => (Kind: "nuget", Name: package.GetProperty("name").GetString()!, Version: package.GetProperty("version").GetString()!.Trim('[', ']', ' ').Split(',')[0]))
                .Where(package => package.Name.StartsWith(Kind == "r2r" ? "Microsoft.NETCore.App.Runtime.linux" : "Microsoft.NETCore.App.Runtime.NativeAOT", StringComparison.Ordinal)).Distinct().Order(),
        ];
    }

    /// <summary>The version that is linked in, from the header that belongs to it.</summary>
    private static string? OpenSslVersion()
    {
        const string Header = "/usr/include/openssl/opensslv.h";
        return File.Exists(Header) && VersionText().Match(File.ReadAllText(Header)) is { Success: true } found ? found.Groups[1].Value : null;
    }

    [GeneratedRegex("""OPENSSL_VERSION_STR\s+"([^"]+)""")]
    private static partial Regex VersionText();
}
