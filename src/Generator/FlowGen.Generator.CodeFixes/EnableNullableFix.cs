using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Turns nullable annotations on for a file, or takes back what turned them off.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EnableNullableFix() : SyntaxCodeFix("FG0104")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        var root = place.SyntaxTree.GetRoot();
        var enable = SyntaxFactory.ParseLeadingTrivia("#nullable enable\n");
        yield return Edit.Of("Write #nullable enable", root, node =>
        {
            var disabled = node.DescendantTrivia().Where(IsDisable).ToList();
            return disabled.Count == 0
                ? node.WithLeadingTrivia(enable.AddRange(node.GetLeadingTrivia()))
                : node.ReplaceTrivia(disabled, (_, _) => enable[0]);
        });
    }

    private static bool IsDisable(SyntaxTrivia trivia) =>
        trivia.GetStructure() is NullableDirectiveTriviaSyntax directive && directive.SettingToken.IsKind(SyntaxKind.DisableKeyword);
}
