using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Covers the values of a decision for which no step runs: by a step of their own, or by one that runs for others already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CoverValuesFix() : SyntaxCodeFix("FG0407")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<AttributeSyntax>() is not { ArgumentList: { } given } || place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax flow } step) yield break;
        foreach (var decision in Repair.Read(diagnostic, Repair.Otherwise))
            yield return Edit.Of($"Add a step with [Otherwise({decision})]", flow, type => type.InsertNodesAfter(type.Members[flow.Members.IndexOf(step)], [Otherwise(decision, step)]));
        var cases = Repair.Read(diagnostic, Repair.Case);
        if (cases.Length > 0)
            yield return Edit.Of($"Run '{step.Identifier.ValueText}' for the rest too", given, list => list.WithArguments(Append(list.Arguments, cases)));
    }

    private static MemberDeclarationSyntax Otherwise(string decision, MethodDeclarationSyntax after)
    {
        var name = "Otherwise" + new string([.. decision.Replace("nameof", "").Where(char.IsLetterOrDigit)]);
        var indent = after.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.ToString()).LastOrDefault() ?? "";
        return SyntaxFactory.ParseMemberDeclaration($"\n{indent}[Step, Otherwise({decision})] public void {name}() {{ }}\n")!;
    }

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Append(SeparatedSyntaxList<AttributeArgumentSyntax> arguments, string[] values)
    {
        var added = values.Select(value => SyntaxFactory.AttributeArgument(SyntaxFactory.ParseExpression(value).WithAdditionalAnnotations(Simplifier.Annotation)));
        var all = arguments.Concat(added).ToList();
        return SyntaxFactory.SeparatedList(all, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), all.Count - 1));
    }
}
