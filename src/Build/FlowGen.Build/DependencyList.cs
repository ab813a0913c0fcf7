using System.Security.Cryptography;

namespace FlowGen.Build;

/// <summary>
/// The code outside a project, one line each: <c>assembly kind value name</c>. Kinds are <c>project</c> (value: hash of its sources), <c>package</c> (its version) and <c>file</c> (hash of the
/// assembly). Files of packages that are no assemblies have <c>-</c> for the assembly. Sorted, without paths, so equal on every machine.
/// </summary>
public sealed class DependencyList
{
    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a project by its assembly and the hash of its sources.</summary>
    public void AddProject(string assembly, string checksum) => Add(NameOf(assembly), "project", checksum, NameOf(assembly));

    /// <summary>Adds a file of a package.</summary>
    public void AddPackage(string file, string package, string version)
    {
        if (string.Equals(Path.GetExtension(file), ".dll", StringComparison.OrdinalIgnoreCase)) _named.Add(package);
        Add(string.Equals(Path.GetExtension(file), ".dll", StringComparison.OrdinalIgnoreCase) ? NameOf(file) : "-", "package", version, package);
    }

    /// <summary>Adds an assembly of which nothing else is known.</summary>
    public void AddFile(string assembly)
    {
        if (!File.Exists(assembly)) return;
        using var content = File.OpenRead(assembly);
        Add(NameOf(assembly), "file", Convert.ToHexStringLower(SHA256.HashData(content))[..32], NameOf(assembly));
    }

    /// <summary>All lines.</summary>
    public override string ToString() => string.Concat(_lines.Where(line => !IsNamed(line)).Select(line => line + "\n"));

    /// <summary>Native files of a package that has assemblies come with those.</summary>
    private bool IsNamed(string line) => line.StartsWith("- ", StringComparison.Ordinal) && _named.Contains(line.Split(' ', 4)[3]);

    /// <summary>The runtime's own code is not part of any step's: the format of stored values stands for it.</summary>
    private void Add(string assembly, string kind, string value, string name)
    {
        if (assembly != "FlowGen.Runtime") _lines.Add($"{assembly} {kind} {value} {name}");
    }

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}
