using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Gives a step with a timeout the token that tells it to stop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddCancellationTokenFix() : SyntaxCodeFix("FG0604")
{
    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } step) yield break;
        var name = step.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == "cancel") ? "cancellation" : "cancel";
        var type = SyntaxFactory.ParseTypeName("global::System.Threading.CancellationToken").WithAdditionalAnnotations(Simplifier.Annotation);
        var token = SyntaxFactory.Parameter(SyntaxFactory.Identifier(name)).WithType(type.WithTrailingTrivia(SyntaxFactory.Space));
        yield return Edit.Of($"Add 'CancellationToken {name}'", step.ParameterList, list => list.WithParameters(Append(list.Parameters, token)));
    }

    private static SeparatedSyntaxList<ParameterSyntax> Append(SeparatedSyntaxList<ParameterSyntax> parameters, ParameterSyntax last) => parameters.Count == 0
        ? parameters.Add(last)
        : SyntaxFactory.SeparatedList(parameters.Append(last), parameters.GetSeparators().Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)));
}
