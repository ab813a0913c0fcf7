using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Leaves an input with one binding attribute.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ChangeBindingFix() : SyntaxCodeFix("FG0204", "FG0208", "FG0302", "FG0303", "FG0304", "FG0310", "FG0417")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<ParameterSyntax>() is not { } input) yield break;
        foreach (var binding in Repair.Read(diagnostic, Repair.Binding))
            yield return Edit.Of($"Write [{binding}]", input, parameter => Attributes.Add((ParameterSyntax)Attributes.Remove(parameter, Attributes.IsBinding), binding));
    }
}
