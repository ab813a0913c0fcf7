using System.Composition;
using System.Text.RegularExpressions;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace FlowGen.Generator.CodeFixes;

/// <summary>Gives an input, a parameter or a step's result the type it should have, as short as the usings around allow.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ChangeTypeFix() : SyntaxCodeFix("FG0113", "FG0201", "FG0204", "FG0205", "FG0206", "FG0213", "FG0214", "FG0302", "FG0304", "FG0412", "FG0418")
{
    private static readonly Regex s_namespaces = new(@"global::(\w+\.)*");

    private protected override IEnumerable<Edit> Find(SyntaxNode place, Diagnostic diagnostic)
    {
        if (TypeOf(place) is not { } type) yield break;
        foreach (var text in Repair.Read(diagnostic, Repair.Type))
        {
            var replacement = SyntaxFactory.ParseTypeName(text).WithAdditionalAnnotations(Simplifier.Annotation);
            yield return Edit.Of($"Change the type to '{s_namespaces.Replace(text, "")}'", type, old => replacement.WithTriviaFrom(old));
        }
    }

    private static TypeSyntax? TypeOf(SyntaxNode place)
    {
        foreach (var node in place.AncestorsAndSelf())
        {
            switch (node)
            {
                case ParameterSyntax parameter: return parameter.Type;
                case PropertyDeclarationSyntax property: return property.Type;
                case MethodDeclarationSyntax method: return method.ReturnType;
            }
        }
        return null;
    }
}
