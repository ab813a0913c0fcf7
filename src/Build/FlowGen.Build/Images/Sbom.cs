using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>What a program is made of, in the format CycloneDX 1.6. Equal programs have equal lists: neither time nor serial number is in it.</summary>
public static class Sbom
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Writes the list.</summary>
    /// <param name="program">The program.</param>
    /// <param name="version">Its version.</param>
    /// <param name="packages">What NuGet resolved.</param>
    /// <param name="others">Other parts: the kind of their package URL, name and version.</param>
    /// <param name="file">The file to write, only if it is not what it was.</param>
    public static void Write(string program, string version, IReadOnlyList<ResolvedPackage> packages, IReadOnlyList<(string Kind, string Name, string Version)> others, string file)
    {
        var root = $"{program}@{version}";
        var names = packages.ToDictionary(package => package.Name, IdOf, StringComparer.OrdinalIgnoreCase);
        var needed = packages.SelectMany(package => package.Dependencies).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var direct = packages.Where(package => !needed.Contains(package.Name)).Select(IdOf).Concat(others.Select(other => Url(other.Kind, other.Name, other.Version)));
        var list = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["tools"] = new JsonObject { ["components"] = new JsonArray(new JsonObject { ["type"] = "application", ["name"] = "FlowGen" }) },
                ["component"] = new JsonObject { ["type"] = "application", ["bom-ref"] = root, ["name"] = program, ["version"] = version },
            },
            ["components"] = new JsonArray([.. packages.Select(Component), .. others.Select(Component)]),
            ["dependencies"] = new JsonArray(
            [
                new JsonObject { ["ref"] = root, ["dependsOn"] = new JsonArray([.. direct.Select(name => JsonValue.Create(name))]) },
                .. packages.Select(package => new JsonObject
                {
                    ["ref"] = IdOf(package),
                    ["dependsOn"] = new JsonArray([.. package.Dependencies.Where(names.ContainsKey).Select(name => names[name]).Distinct().Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]),
                }),
            ]),
        };
        var text = JsonSerializer.SerializeToUtf8Bytes(list, s_indented);
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(text)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, text);
    }

    private static JsonObject Component(ResolvedPackage package)
    {
        var component = new JsonObject { ["type"] = "library", ["bom-ref"] = IdOf(package), ["name"] = package.Name, ["version"] = package.Version, ["scope"] = package.IsPartOfProgram ? "required" : "excluded" };
        if (!package.IsProject) component["purl"] = IdOf(package);
        if (package.Sha512 is { } hash) component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(hash)) });
        return component;
    }

    private static JsonObject Component((string Kind, string Name, string Version) other) => new()
    {
        ["type"] = "library", ["bom-ref"] = Url(other.Kind, other.Name, other.Version), ["name"] = other.Name, ["version"] = other.Version, ["scope"] = "required", ["purl"] = Url(other.Kind, other.Name, other.Version),
    };

    private static string IdOf(ResolvedPackage package) => package.IsProject ? $"{package.Name}@{package.Version}" : Url("nuget", package.Name, package.Version);

    private static string Url(string kind, string name, string version) => $"pkg:{kind}/{Uri.EscapeDataString(name)}@{Uri.EscapeDataString(version)}";
}
