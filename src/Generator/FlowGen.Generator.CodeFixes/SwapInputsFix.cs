using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Swaps two inputs of a step, so that its collections come in the order of other steps.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SwapInputsFix() : SyntaxCodeFix("FG0312")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<ParameterSyntax>() is not { Parent: ParameterListSyntax list } second) yield break;
        foreach (var name in Repair.Read(diagnostic, Repair.Swap))
        {
            if (list.Parameters.FirstOrDefault(parameter => parameter.Identifier.ValueText == name) is not { } first) continue;
            yield return new Edit($"Swap '{name}' and '{second.Identifier.ValueText}'", [first, second], node =>
                node.Span == first.Span ? second.WithTriviaFrom(first) : first.WithTriviaFrom(second));
        }
    }
}
