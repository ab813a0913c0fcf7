using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Removes a keyword from a declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveModifierFix() : SyntaxCodeFix("FG0102", "FG0109", "FG0112", "FG0702", "FG0705")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        foreach (var keyword in Repair.Read(diagnostic, Repair.Modifier))
        {
            if (place.FirstAncestorOrSelf<ParameterSyntax>() is { } input && input.Modifiers.Any(token => token.ValueText == keyword))
                yield return Edit.Of($"Remove '{keyword}'", input, parameter => parameter.WithModifiers(Without(parameter.Modifiers, keyword)).WithLeadingTrivia(input.GetLeadingTrivia()));
            else if (place.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } around && around.Modifiers.Any(token => token.ValueText == keyword))
                yield return Edit.Of($"Remove '{keyword}'", around, member => Without(member, keyword));
        }
    }

    private static MemberDeclarationSyntax Without(MemberDeclarationSyntax member, string keyword)
    {
        var first = member.Modifiers[0];
        var changed = member.WithModifiers(Without(member.Modifiers, keyword));
        if (first.ValueText != keyword) return changed;
        // What stood before the keyword goes to the token that follows it.
        var next = changed.FindToken(first.SpanStart);
        return changed.ReplaceToken(next, next.WithLeadingTrivia(first.LeadingTrivia));
    }

    private static SyntaxTokenList Without(SyntaxTokenList modifiers, string keyword) => modifiers.Remove(modifiers.First(token => token.ValueText == keyword));
}
