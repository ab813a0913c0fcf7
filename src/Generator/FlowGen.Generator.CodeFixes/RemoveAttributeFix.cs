using System.Composition;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Removes an attribute that has no effect, or that an input does not need.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveAttributeFix() : SyntaxCodeFix("FG0120", "FG0124", "FG0125", "FG0126", "FG0209", "FG0302", "FG0303", "FG0304", "FG0601", "FG0707")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<AttributeSyntax>() is { Parent.Parent: { } around } attribute)
        {
            var name = Attributes.ShortName(attribute);
            var span = attribute.Span;
            yield return Edit.Of($"Remove [{name}]", around, owner => Attributes.Remove(owner, found => found.Span == span));
        }
        else if (place.FirstAncestorOrSelf<ParameterSyntax>() is { } input)
        {
            foreach (var name in Repair.Read(diagnostic, Repair.Removal))
                yield return Edit.Of($"Remove [{name}]", input, parameter => Attributes.Remove(parameter, found => Attributes.ShortName(found) == name));
        }
    }
}
