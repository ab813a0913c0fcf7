using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Names all elements of a tuple, to make an artifact of each, or none, to make one artifact of all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameTupleElementsFix() : SyntaxCodeFix("FG0115")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        var written = place.DescendantNodesAndSelf().OfType<TupleTypeSyntax>().FirstOrDefault();
        if (written is null) yield break;
        yield return Edit.Of("Name all elements", written, Named);
        yield return Edit.Of("Name no element", written, tuple => tuple.ReplaceNodes(tuple.Elements, (_, element) =>
            element.WithIdentifier(default).WithType(element.Type.WithTrailingTrivia())));
    }

    private static TupleTypeSyntax Named(TupleTypeSyntax tuple)
    {
        var taken = new HashSet<string>(tuple.Elements.Select(element => element.Identifier.ValueText), StringComparer.OrdinalIgnoreCase);
        return tuple.ReplaceNodes(tuple.Elements, (old, element) => element.Identifier.ValueText.Length > 0
            ? element
            : element.WithType(element.Type.WithTrailingTrivia(SyntaxFactory.Space)).WithIdentifier(SyntaxFactory.Identifier(NameOf(old, tuple.Elements.IndexOf(old), taken))));
    }

    /// <summary>A name after a type of one's own, such as <c>table</c> for <c>Table</c>; after the position for others.</summary>
    private static string NameOf(TupleElementSyntax element, int index, HashSet<string> taken)
    {
        var name = element.Type is IdentifierNameSyntax { Identifier.ValueText: var type } ? char.ToLowerInvariant(type[0]) + type.Substring(1) : "";
        if (SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && name.Length > 0 && taken.Add(name)) return name;
        return $"element{index + 1}";
    }
}
