using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Fingerprints;

/// <summary>A piece of code that is hashed once, on its own: a member of a flow class, or any other type of the project as a whole.</summary>
/// <param name="kind">What it is.</param>
/// <param name="name">What people call it.</param>
internal sealed class CodeUnit(string kind, string name)
{
    public string Kind { get; } = kind;

    public string Name { get; } = name;

    /// <summary>Of its tokens and of what they bind to.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Other pieces that it names or uses without a name: members of flow classes, and types.</summary>
    public HashSet<ISymbol> References { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Names of the assemblies that it uses.</summary>
    public HashSet<string> Assemblies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Flow classes of which an object goes where it cannot be followed: all their members and parameters are reached.</summary>
    public HashSet<INamedTypeSymbol> HandedAway { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether something in it cannot be told from source: code made by another generator, <c>dynamic</c>, reflection. Then it reaches everything.</summary>
    public bool IsUnresolved { get; set; }

    public CodePart Part => new(Kind, Hash, Name);
}

/// <summary>What a step's code is made of, as it is recorded.</summary>
/// <param name="Kind">Member, type, project, package ...</param>
/// <param name="Value">A hash, or the version of a package.</param>
/// <param name="Name">What people call it.</param>
internal readonly record struct CodePart(string Kind, string Value, string Name);
