using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Adds the attribute that says where an input comes from, or what a member is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddAttributeFix() : SyntaxCodeFix("FG0109", "FG0120", "FG0201", "FG0204")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<ParameterSyntax>() is { } input)
            foreach (var attribute in Repair.Read(diagnostic, Repair.Attribute))
                yield return Edit.Of($"Add [{attribute}]", input, parameter => Attributes.Add(parameter, attribute));
        if (place.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } around)
            foreach (var attribute in Repair.Read(diagnostic, Repair.Mark))
                yield return Edit.Of($"Add [{attribute}]", around, member => Attributes.Mark(member, attribute));
    }
}
