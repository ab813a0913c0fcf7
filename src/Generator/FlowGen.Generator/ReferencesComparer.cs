using Microsoft.CodeAnalysis;

namespace FlowGen.Generator;

/// <summary>Compilations are equal when they reference the same: no edit of source reruns what only looks at other assemblies.</summary>
internal sealed class ReferencesComparer : IEqualityComparer<Compilation>
{
    public static readonly ReferencesComparer Instance = new();

    public bool Equals(Compilation? x, Compilation? y) =>
        ReferenceEquals(x, y) || x is not null && y is not null && x.AssemblyName == y.AssemblyName && x.References.SequenceEqual(y.References);

    public int GetHashCode(Compilation compilation) => StringComparer.Ordinal.GetHashCode(compilation.AssemblyName ?? "");
}
