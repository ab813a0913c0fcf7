using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Lets a parameter be set when a flow object is made.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddSetterFix() : SyntaxCodeFix("FG0702")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        // Accessors with bodies have no value to keep; a static property has another problem.
        if (place.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { AccessorList: { } accessors } declared
            || declared.Modifiers.Any(SyntaxKind.StaticKeyword)
            || accessors.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null)) yield break;
        var written = ((PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("int P { get; init; }")!).AccessorList!;
        yield return Edit.Of("Write { get; init; }", accessors, list => written.WithTriviaFrom(list));
    }
}
