using System.Text.Json;

namespace FlowGen.Build;

/// <summary>A package or project that a program is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsProject">Whether it is a project and no package.</param>
/// <param name="Sha512">Hash of the package, in base64; <c>null</c> of projects.</param>
/// <param name="IsPartOfProgram">Whether any file of it is there when the program runs: not so of analyzers.</param>
/// <param name="NativeRuntimes">For which runtimes it brings native libraries; an empty text: for the one that was restored for.</param>
/// <param name="Dependencies">Names of what it needs itself.</param>
public sealed record ResolvedPackage(string Name, string Version, bool IsProject, string? Sha512, bool IsPartOfProgram, IReadOnlyList<string> NativeRuntimes, IReadOnlyList<string> Dependencies)
{
    /// <summary>Whether it brings native libraries for a runtime such as <c>linux-x64</c>.</summary>
    /// <param name="runtime">The runtime identifier.</param>
    public bool HasNativeCodeFor(string runtime)
    {
        var (system, architecture) = runtime.Split('-') is [var first, .., var last] ? (first, last) : (runtime, "");
        string[] compatible = system == "win" ? ["", runtime, "win", "any"] : ["", runtime, system, $"unix-{architecture}", "unix", "any"];
        return NativeRuntimes.Any(native => compatible.Contains(native, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What NuGet resolved, in the order of their names.</summary>
    /// <param name="assetsFile">The <c>project.assets.json</c>.</param>
    /// <param name="target">The framework, and the runtime after a slash where there is one: the last target that begins so is taken.</param>
    public static IReadOnlyList<ResolvedPackage> Read(string assetsFile, string target)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        var libraries = document.RootElement.GetProperty("libraries");
        var targets = document.RootElement.GetProperty("targets").EnumerateObject().ToList();
        var chosen = targets.LastOrDefault(candidate => candidate.Name == target);
        if (chosen.Value.ValueKind == JsonValueKind.Undefined) chosen = targets[^1];
        return [.. chosen.Value.EnumerateObject().Select(entry => Read(entry, libraries.GetProperty(entry.Name))).OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static ResolvedPackage Read(JsonProperty entry, JsonElement library)
    {
        var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
        var isProject = library.GetProperty("type").GetString() == "project";
        return new(entry.Name[..slash], entry.Name[(slash + 1)..], isProject, library.TryGetProperty("sha512", out var hash) ? hash.GetString() : null,
            isProject || Files(entry.Value, "runtime").Concat(Files(entry.Value, "native")).Concat(Files(entry.Value, "runtimeTargets")).Any(file => !file.Name.EndsWith("/_._", StringComparison.Ordinal)),
            [.. Files(entry.Value, "native").Where(IsLibrary).Select(_ => ""), .. Files(entry.Value, "runtimeTargets").Where(file => file.Value.GetProperty("assetType").GetString() == "native" && IsLibrary(file))
                .Select(file => file.Value.GetProperty("rid").GetString()!).Distinct()],
            [.. Files(entry.Value, "dependencies").Select(dependency => dependency.Name)]);
    }

    // Some packages bring headers and notes in the same place.
    private static bool IsLibrary(JsonProperty file) => Path.GetExtension(file.Name) is ".so" or ".dylib" or ".dll" or ".a";

    private static IEnumerable<JsonProperty> Files(JsonElement library, string kind) => library.TryGetProperty(kind, out var files) ? files.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
