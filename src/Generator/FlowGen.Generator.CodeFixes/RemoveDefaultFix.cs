using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Removes a default value that would never be used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveDefaultFix() : SyntaxCodeFix("FG0207", "FG0705")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<ParameterSyntax>() is { Default: { } value } input)
            yield return Edit.Of($"Remove '{value}'", input, parameter => parameter.WithDefault(null).WithTrailingTrivia());
        else if (place.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { Initializer: { } initializer, AccessorList: { } accessors } declared)
            yield return Edit.Of($"Remove '{initializer}'", declared, property => property.WithInitializer(null).WithSemicolonToken(default)
                .WithAccessorList(accessors.WithTrailingTrivia(property.GetTrailingTrivia())));
    }
}
