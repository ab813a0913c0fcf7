using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Fingerprints;

/// <summary>
/// Code outside the compilation, as the build lists it in <see cref="FileName"/>: one line for each assembly, <c>assembly kind value name</c>, of projects with the hash of their sources, of
/// packages with their version, of other files with the hash of the file. A package without an assembly of its own (native code) has <c>-</c> for it. What is not listed is the framework.
/// </summary>
internal sealed class Dependencies
{
    public const string FileName = "FlowGen.Dependencies.txt";

    private readonly Compilation _compilation;
    private readonly Dictionary<string, List<CodePart>> _listed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<CodePart>> _reached = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IAssemblySymbol> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<CodePart> _without = [];

    public Dependencies(Compilation compilation, string? list)
    {
        _compilation = compilation;
        foreach (var line in (list ?? "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split([' '], 4);
            if (fields.Length < 4) continue;
            var part = new CodePart(fields[1], fields[2], fields[3]);
            if (fields[0] == "-") _without.Add(part);
            else if (_listed.TryGetValue(fields[0], out var parts)) parts.Add(part);
            else _listed.Add(fields[0], [part]);
        }

        foreach (var reference in compilation.References)
        {
            if (compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly) continue;
            _assemblies[assembly.Name] = assembly;
            // A build without the list (another build system) at least tells versions apart.
            if (list is null && !IsOfFramework(assembly)) _listed[assembly.Name] = [new CodePart("assembly", assembly.Identity.Version.ToString(), assembly.Name)];
        }
    }

    public IEnumerable<CodePart> All => _listed.Values.SelectMany(parts => parts).Concat(_without);

    /// <summary>What code reaches that uses some assemblies: these and what they refer to; if that cannot be told, everything.</summary>
    public IEnumerable<CodePart> Reach(IEnumerable<string> assemblies)
    {
        var found = new HashSet<CodePart>();
        foreach (var assembly in assemblies) found.UnionWith(ReachOf(assembly));
        return found;
    }

    private HashSet<CodePart> ReachOf(string start)
    {
        if (_reached.TryGetValue(start, out var known)) return known;
        var (found, seen, open) = (new HashSet<CodePart>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase) { start }, new Stack<string>([start]));
        while (open.Count > 0)
        {
            var name = open.Pop();
            // The format of stored values, which is part of every key, stands for the runtime itself.
            if (!_listed.TryGetValue(name, out var parts) || name == "FlowGen.Runtime") continue;
            found.UnionWith(parts);
            if (parts.Any(part => part.Kind == "package")) found.UnionWith(_without);
            if (!_assemblies.TryGetValue(name, out var assembly)) continue;
            foreach (var next in assembly.Modules.SelectMany(module => module.ReferencedAssemblies))
            {
                if (!seen.Add(next.Name)) continue;
                open.Push(next.Name);
                // What it needs is not given to the compiler and not listed: nobody knows what is behind it.
                if (!_listed.ContainsKey(next.Name) && !_assemblies.ContainsKey(next.Name) && !IsOfFramework(next)) found.UnionWith(All);
            }
        }

        return _reached[start] = found;
    }

    private bool IsOfFramework(IAssemblySymbol assembly) => assembly.Name == _compilation.AssemblyName || IsOfFramework(assembly.Identity);

    private static bool IsOfFramework(AssemblyIdentity assembly) =>
        assembly.Name is "FlowGen.Runtime" or "MessagePack" or "netstandard" or "mscorlib" || assembly.Name.StartsWith("System.", StringComparison.Ordinal) || assembly.Name == "System"
        || assembly.Name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
