using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Writes what was probably meant instead of an attribute's argument.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReplaceExpressionFix() : SyntaxCodeFix("FG0106", "FG0202", "FG0203", "FG0210", "FG0311", "FG0313", "FG0314", "FG0401", "FG0415")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<ExpressionSyntax>(node => node.Parent is AttributeArgumentSyntax) is not { } argument) yield break;
        foreach (var text in Repair.Read(diagnostic, Repair.Text))
            yield return Edit.Of($"Write {text}", argument, old => SyntaxFactory.ParseExpression(text).WithTriviaFrom(old));
    }
}
