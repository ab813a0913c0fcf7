using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator;

/// <summary>
/// Compilations are equal when their declarations are: an edit inside a body, of a comment or of white space reruns nothing.
/// What compares as different is attributes, signatures, tuple names, constants, property initializers, usings and <c>#nullable</c>.
/// </summary>
internal sealed class DeclarationComparer : IEqualityComparer<Compilation>
{
    public static readonly DeclarationComparer Instance = new();

    public bool Equals(Compilation? x, Compilation? y)
    {
        if (ReferenceEquals(x, y)) return true;
        if (x is null || y is null || x.AssemblyName != y.AssemblyName || !x.Options.Equals(y.Options)) return false;
        return x.References.SequenceEqual(y.References) && SameTrees(x, y);
    }

    public int GetHashCode(Compilation compilation) => StringComparer.Ordinal.GetHashCode(compilation.AssemblyName ?? "");

    private static bool SameTrees(Compilation x, Compilation y)
    {
        using var mine = x.SyntaxTrees.GetEnumerator();
        using var others = y.SyntaxTrees.GetEnumerator();
        while (true)
        {
            var (more, moreOthers) = (mine.MoveNext(), others.MoveNext());
            if (more != moreOthers) return false;
            if (!more) return true;
            if (!ReferenceEquals(mine.Current, others.Current) &&
                !(mine.Current.Options.Equals(others.Current.Options) && SyntaxFactory.AreEquivalent(mine.Current, others.Current, topLevel: true))) return false;
        }
    }
}
