using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Makes a flow and the types around it partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddPartialFix() : SyntaxCodeFix("FG0101", "FG0103")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        var types = place.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().ToList();
        // Out of a generic type a flow has to move.
        if (types.Count == 0 || types.Any(type => type.TypeParameterList is not null)) yield break;
        var closed = types.Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)).ToList();
        if (closed.Count > 0) yield return new Edit("Add 'partial'", closed, type => WithPartial((TypeDeclarationSyntax)type));
    }

    private static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax type)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0) return type.AddModifiers(partial);
        partial = partial.WithLeadingTrivia(type.Keyword.LeadingTrivia);
        return type.WithKeyword(type.Keyword.WithLeadingTrivia()).AddModifiers(partial);
    }
}
